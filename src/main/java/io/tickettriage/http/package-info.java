/**
 * The HTTP server with its limits, and what every process answers: probes, made of health checks, and meters. Routes of
 * roles are added as {@link io.tickettriage.http.Routes}.
 */
package io.tickettriage.http;
