@NullMarked
package io.tickettriage.topics;

import org.jspecify.annotations.NullMarked;
