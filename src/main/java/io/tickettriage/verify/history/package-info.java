/**
 * What was sent and what came out, and the judgement about it: pure functions of the records that are on the topics, apart
 * from all code that they judge.
 */
package io.tickettriage.verify.history;
