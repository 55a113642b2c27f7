package io.tickettriage.desk;

/**
 * Who is at the desk.
 *
 * @param name as it stands on every decision
 * @param session what tells two windows of one person apart
 */
public record Person(String name, String session) {}
