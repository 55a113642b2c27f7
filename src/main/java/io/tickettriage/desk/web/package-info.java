/** The desk over HTTP: who asks, the JSON API, the live events, and the page with its assets. */
package io.tickettriage.desk.web;
