/** Brokers and instances as processes on this machine, and everything that can be done to them: kill, pause, cut off. */
package io.tickettriage.verify.cluster;
