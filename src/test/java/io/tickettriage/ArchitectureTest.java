package io.tickettriage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The package table of docs/architecture.md, held by the build: each package, sub-packages included, one way down. */
class ArchitectureTest {
    private static final String ROOT = "io.tickettriage.";
    private static final String COMMANDS = "cli.";
    private static final String SHARED = "cli.shared";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tickettriage");

    /** Package: the packages of ours it may import, all of them above it, so that there is no way round. */
    private static final Map<String, Set<String>> MAY_IMPORT = table("""
            format:
            logging: format
            ticket:
            text:
            taxonomy: format
            model: text taxonomy
            model.v1: model taxonomy
            model.artifact: model model.v1 text taxonomy format
            message: ticket model taxonomy format
            kafka:
            quarantine: kafka
            topics: kafka
            config:
            scoring: ticket text taxonomy model message kafka quarantine format
            corrections: ticket text taxonomy model message kafka quarantine format
            registry: model model.artifact kafka
            http: config format
            desk: ticket text taxonomy model message kafka corrections format
            desk.web: desk http config taxonomy model format
            training.data: ticket text taxonomy message format
            training.synthesis: training.data taxonomy message format
            training.evaluation: training.data text taxonomy model message format
            training.fit: training.data training.synthesis training.evaluation text taxonomy model message format
            training: training.data training.synthesis training.evaluation training.fit text taxonomy model model.artifact \
            message format
            training.report: training training.synthesis training.evaluation training.fit taxonomy model model.artifact \
            message format
            service: ticket taxonomy model model.artifact message kafka quarantine topics config scoring corrections registry \
            http desk desk.web logging format
            broker:
            benchmark: scoring model model.artifact kafka quarantine format
            benchmark.jmh_generated: benchmark
            verify.history: message kafka format
            verify.cluster: broker
            verify: verify.history verify.cluster ticket taxonomy model model.artifact message kafka topics scoring \
            corrections registry format
            """);

    private static Map<String, Set<String>> table(String rows) {
        Map<String, Set<String>> table = new LinkedHashMap<>();
        rows.lines().map(row -> row.split(":\\s*", -1)).forEach(row -> {
            Set<String> imports = new TreeSet<>(Arrays.asList(row[1].split(" ", -1)));
            imports.remove("");
            assertThat(table.keySet()).as("packages above %s", row[0]).containsAll(imports);
            table.put(row[0], imports);
        });
        return table;
    }

    @TestFactory
    Stream<DynamicTest> shouldImportOnlyWhatThePackageTableAllows() {
        return packages().stream()
                .map(from -> DynamicTest.dynamicTest(from, () -> assertThat(importsOf(from))
                        .as("packages that %s imports", from)
                        .allMatch(to -> isAllowed(from, to))));
    }

    private static boolean isAllowed(String from, String to) {
        if (from.equals("cli")) {
            return true;
        }
        if (from.startsWith(COMMANDS)) {
            return to.equals(SHARED) || !to.equals("cli") && !to.startsWith(COMMANDS);
        }
        return MAY_IMPORT.getOrDefault(from, Set.of()).contains(to);
    }

    /** The packages of ours, but for its own, that a package's classes name, each with an example. */
    private static Set<String> importsOf(String from) {
        return CLASSES.stream()
                .filter(c -> nameOf(c).equals(from))
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .map(Dependency::getTargetClass)
                .filter(target -> target.getPackageName().startsWith(ROOT))
                .map(ArchitectureTest::nameOf)
                .filter(to -> !to.equals(from))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String nameOf(JavaClass c) {
        return c.getPackageName().substring(ROOT.length());
    }

    private static Set<String> packages() {
        return CLASSES.stream()
                .filter(c -> c.getPackageName().startsWith(ROOT))
                .map(ArchitectureTest::nameOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldKeepKafkaAndMetersOutOfTheTicketsWay() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "ticket..", ROOT + "text..", ROOT + "taxonomy..", ROOT + "model..", ROOT + "message..")
                .or()
                .haveSimpleName("TicketScorer")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.micrometer..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveEveryPackageInTheTable() {
        List<String> unknown = packages().stream()
                .filter(p -> !p.equals("cli") && !p.startsWith(COMMANDS) && !MAY_IMPORT.containsKey(p))
                .toList();

        assertThat(unknown).isEmpty();
    }
}
