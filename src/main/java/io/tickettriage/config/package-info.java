/**
 * The settings: typed, one record per component, all problems reported at once with the place each was set at.
 *
 * <p>In: a properties file, the environment, overrides. Out: records such as {@link HttpConfig}, and the properties of
 * Kafka's clients. Each record declares its own keys; no component sees those of another. Knows nothing of what the
 * settings are for.
 */
package io.tickettriage.config;
