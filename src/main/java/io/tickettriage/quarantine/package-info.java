/**
 * A breaker for crash loops: an offset that has ended a role twice, or that cannot be read, is passed by. In its place a
 * stub goes to the DLQ, inside the same transaction. In: failures of a role's processors, its committed offsets. Out:
 * which positions to pass by. This package knows no role.
 */
package io.tickettriage.quarantine;
