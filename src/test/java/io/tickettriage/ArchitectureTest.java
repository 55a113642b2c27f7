package io.tickettriage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The package table of docs/architecture.md, held by the build. */
class ArchitectureTest {
    private static final String ROOT = "io.tickettriage.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tickettriage");

    /** Package → the packages of ours it may import. */
    private static final Map<String, Set<String>> MAY_IMPORT = new LinkedHashMap<>();

    static {
        MAY_IMPORT.put("ticket", Set.of());
        MAY_IMPORT.put("text", Set.of());
        MAY_IMPORT.put("model", Set.of("text"));
        MAY_IMPORT.put("message", Set.of("ticket", "model"));
        MAY_IMPORT.put("stream", Set.of());
        MAY_IMPORT.put("scoring", Set.of("stream", "ticket", "text", "model", "message"));
        MAY_IMPORT.put("corrections", Set.of("stream", "ticket", "text", "model", "message"));
        MAY_IMPORT.put("drift", Set.of("stream", "model", "message"));
        MAY_IMPORT.put("registry", Set.of("model"));
        MAY_IMPORT.put("training", Set.of("ticket", "text", "model", "message"));
        MAY_IMPORT.put("benchmark", Set.of("scoring", "training", "model", "message", "broker", "topics"));
        MAY_IMPORT.put("topics", Set.of());
        MAY_IMPORT.put("ops", Set.of());
        MAY_IMPORT.put("broker", Set.of());
    }

    @TestFactory
    List<DynamicTest> shouldImportOnlyWhatThePackageTableAllows() {
        return MAY_IMPORT.keySet().stream()
                .map(from -> DynamicTest.dynamicTest(from, () -> noClasses()
                        .that()
                        .resideInAPackage(ROOT + from + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden(from))
                        .allowEmptyShould(true)
                        .check(CLASSES)))
                .toList();
    }

    private static String[] forbidden(String from) {
        Set<String> forbidden = new TreeSet<>(MAY_IMPORT.keySet());
        forbidden.remove(from);
        forbidden.removeAll(MAY_IMPORT.getOrDefault(from, Set.of()));
        forbidden.add("cli");
        return forbidden.stream().map(p -> ROOT + p + "..").toArray(String[]::new);
    }

    @Test
    void shouldKeepKafkaAndMetersOutOfTheTicketsWay() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "ticket..", ROOT + "text..", ROOT + "model..", ROOT + "message..")
                .or()
                .haveSimpleName("TicketScorer")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.micrometer..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveEveryPackageInTheTable() {
        Set<String> packages = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(p -> p.startsWith(ROOT))
                .map(p -> Arrays.asList(p.substring(ROOT.length()).split("\\.", -1))
                        .get(0))
                .collect(Collectors.toCollection(TreeSet::new));
        packages.remove("cli");

        assertThat(MAY_IMPORT.keySet()).containsAll(packages);
    }
}
