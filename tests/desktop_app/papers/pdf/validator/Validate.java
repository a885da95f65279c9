import java.io.FileInputStream;
import java.util.TreeSet;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;

/**
 * Judges PDF files by veraPDF: Validate PROFILE[,PROFILE...] FILE...
 * One line each, fields apart by tabs: "profile", its name and number of rules; "file", profile, path, number of
 * checks made; and for each rule that fails "failed", profile, path, rule, message.
 */
public final class Validate {
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.fromString(name);
            int rules = Profiles.getVeraProfileDirectory().getValidationProfileByFlavour(flavour).getRules().size();
            say("profile", name, String.valueOf(rules));
            for (int place = 1; place < arguments.length; place++) {
                judge(name, flavour, arguments[place]);
            }
        }
    }

    private static void judge(String name, PDFAFlavour flavour, String path) throws Exception {
        try (FileInputStream file = new FileInputStream(path);
             PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            say("file", name, path, String.valueOf(result.getTotalAssertions()));
            TreeSet<String> failed = new TreeSet<>();
            for (TestAssertion check : result.getTestAssertions()) {
                String rule = check.getRuleId().getClause() + "-" + check.getRuleId().getTestNumber();
                if (check.getStatus() == TestAssertion.Status.FAILED && failed.add(rule)) {
                    say("failed", name, path, rule, check.getMessage() + " @ " + check.getLocation().getContext());
                }
            }
            if (failed.isEmpty() && !result.isCompliant()) {
                say("failed", name, path, "unknown", "refused without a failed rule");
            }
        }
    }

    private static void say(String... fields) {
        System.out.println(String.join("\t", fields).replace('\n', ' '));
    }
}
