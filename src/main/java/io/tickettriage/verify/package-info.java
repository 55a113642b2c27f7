/**
 * Runs histories the way Jepsen does: seeded tickets and corrections against real brokers and instances, seeded faults on
 * them, and a judgement on what is on the topics afterwards. Tools only: nothing here is on the production classpath.
 */
package io.tickettriage.verify;
