/**
 * The running program, and the one place that wires it: application, roles and their restarts, health, HTTP, meters, log.
 *
 * <p>In: settings, the catalogue's queues, topologies, topics of a cluster. Out: running roles, a meter registry, HTTP
 * answers. A new role is a constant of {@link Role}. Commands and training are unknown here.
 */
package io.tickettriage.service;
