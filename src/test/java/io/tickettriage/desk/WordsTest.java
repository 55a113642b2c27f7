package io.tickettriage.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.kafka.TopicNames;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "refund, true",
        "REFUND card, true",
        "card nowhere, false",
        "t-17, true",
        "straße, true",
        "'  ', true",
        "prediction, false",
        "billing, false"
    })
    void shouldFindTicketsByIdAndTextInAnyCaseAndByNothingElse(String query, boolean found) {
        RoutedTicket ticket = RoutedTicket.of(
                new ScoredRecords().scored(TopicNames.PLAIN.scored(), "T-17", "Refund my Card, Straße 7", "sales", 0));
        assertThat(Words.of(query).matches(ticket)).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"again\"", "c:\\temp", "and/or", "naïve", "straße", "card"})
    void shouldFindWordsHoweverTheJsonOfTheTicketWritesThem(String query) {
        RoutedTicket ticket = RoutedTicket.of(new ScoredRecords()
                .scored(
                        TopicNames.PLAIN.scored(),
                        "T-17",
                        "na\\u00efve \\\"again\\\" C:\\\\temp and\\/or \\u0063ard Stra\\u00dfe",
                        "sales",
                        0));
        assertThat(Words.of(query).matches(ticket)).isTrue();
    }
}
