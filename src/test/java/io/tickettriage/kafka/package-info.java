@NullMarked
package io.tickettriage.kafka;

import org.jspecify.annotations.NullMarked;
