/** From what people decided to a better model in force, in one step: {@code learn}. */
package io.tickettriage.cli.learn;
