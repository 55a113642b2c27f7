@NullMarked
package io.tickettriage.service;

import org.jspecify.annotations.NullMarked;
