/**
 * How the log is written, as {@code logback.xml} puts it together: where to, without control characters of other people's
 * text, and without floods.
 *
 * <p>In: log events of every library. Out: lines. Nothing of the program is known here.
 */
package io.tickettriage.logging;
