@NullMarked
package io.tickettriage.cli.demo;

import org.jspecify.annotations.NullMarked;
