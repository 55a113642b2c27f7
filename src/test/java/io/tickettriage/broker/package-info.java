@NullMarked
package io.tickettriage.broker;

import org.jspecify.annotations.NullMarked;
