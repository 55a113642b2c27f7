package io.tickettriage.kafka;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * What happens when an output cannot be sent: retriable failures are tried again, everything else stops the role.
 *
 * <p>Nothing is ever skipped: a skipped output is a lost ticket. What a producer can send too large is diverted before it
 * is sent, so it never arrives here.
 */
public final class FailingProductionHandler implements ProductionExceptionHandler {
    @Override
    public Response handleError(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception e) {
        return e instanceof RetriableException ? Response.retry() : Response.fail();
    }

    @SuppressWarnings("rawtypes") // The raw type is the interface's.
    @Override
    public Response handleSerializationError(
            ErrorHandlerContext context, ProducerRecord record, Exception e, SerializationExceptionOrigin origin) {
        return Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {}
}
