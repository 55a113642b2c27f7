/**
 * Models on {@code tickets.models}: publish, list, roll back, and follow.
 *
 * <p>The topic is compacted and has one partition: under a version's name stands its artifact, under {@code active} and
 * {@code shadow} the name of a version. An artifact is always written before a pointer to it. Instances follow the topic
 * with a plain consumer, never a global table, so a bad artifact can stop nothing.
 */
package io.tickettriage.registry;
