package io.tickettriage.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    @Test
    void shouldSayThatKafkasServerDoesNotStartInATurkishLocale(@TempDir Path directory) {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("tr", "TR"));
        try {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, FreePort.find()))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("tr_TR")
                    .hasMessageContaining("-Duser.language=en");
        } finally {
            Locale.setDefault(before);
        }
        assertThat(directory).isEmptyDirectory();
    }
}
