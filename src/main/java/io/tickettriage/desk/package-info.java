/**
 * The role: open review tickets, who is deciding them, what people decided. {@link io.tickettriage.desk.DeskView} is what
 * the topics say, {@link io.tickettriage.desk.Desk} what a person can ask and do.
 */
package io.tickettriage.desk;
