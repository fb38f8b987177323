package dev.affidavit.application.boot;

import dev.affidavit.application.Calls;
import dev.affidavit.application.Slf4jLogger;
import dev.affidavit.application.Work;
import jakarta.annotation.PreDestroy;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** A Spring Boot application that records events at every stage of its life. */
@SpringBootApplication
public class BootApplication implements ApplicationRunner {
    public static void main(String[] arguments) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Calls.step("shutdown hook")));
        Calls.step("before Spring");
        SpringApplication application = new SpringApplication(BootApplication.class);
        application.addListeners(new Starting());
        application.addInitializers(context -> Calls.step("initializer"));
        ConfigurableApplicationContext context = application.run(arguments);
        if (context.getEnvironment().matchesProfiles("exits")) {
            int status = SpringApplication.exit(context);
            Calls.step("after Spring");
            System.exit(status);
        }
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Calls.say("Jackson " + com.fasterxml.jackson.core.json.PackageVersion.VERSION);
        new Work(new Slf4jLogger()).run();
        Calls.awaitEndOfInput();
    }

    @PreDestroy
    void destroy() {
        Calls.step("bean destroyed");
    }

    /** Spring Boot has taken hold of the framework, and not yet configured it. */
    private static final class Starting implements ApplicationListener<ApplicationStartingEvent> {
        @Override
        public void onApplicationEvent(ApplicationStartingEvent event) {
            Calls.step("starting");
        }
    }
}
