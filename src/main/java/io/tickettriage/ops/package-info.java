/**
 * What every long-running process needs beside its work: settings, meters, health, a small HTTP server, the log.
 *
 * <p>In: a properties file, the environment, overrides; checks and routes that are handed in. Out: typed settings with all
 * problems reported at once, a meter registry, HTTP answers. This package knows no ticket, no model and no topology.
 */
@NullMarked
package io.tickettriage.ops;

import org.jspecify.annotations.NullMarked;
