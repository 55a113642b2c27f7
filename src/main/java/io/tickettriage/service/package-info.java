/**
 * What running the program needs beside its work: settings, roles, meters, health, a small HTTP server, the log.
 *
 * <p>In: a properties file, the environment, overrides; topologies, checks and routes that are handed in. Out: typed
 * settings with all problems reported at once, running roles, a meter registry, HTTP answers. Knows no ticket.
 */
@NullMarked
package io.tickettriage.service;

import org.jspecify.annotations.NullMarked;
