/**
 * The whole program on one machine: {@code demo} and {@code loop-demo} start a broker and the application in processes of
 * their own, as a user would.
 */
package io.tickettriage.cli.demo;
