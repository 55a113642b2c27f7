/** {@code triage verify}: a history of faults, and a judgement. */
package io.tickettriage.cli.verify;
