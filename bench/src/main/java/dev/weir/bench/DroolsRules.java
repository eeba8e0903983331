package dev.weir.bench;

import dev.weir.gating.decision.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * The checks as Drools runs them: one compiled rule for each reason, in one session that lives on; a
 * batch is inserted, fired and taken out.
 */
final class DroolsRules implements RuleEngine {
  private final KieSession session;

  DroolsRules(Map<Reason, String> conditions) {
    StringBuilder rules = new StringBuilder("package checks\nimport " + Facts.class.getName()
        + "\nimport " + Reason.class.getName() + "\n");
    conditions.forEach((reason, condition) -> rules.append("rule " + reason + " when $facts: Facts("
        + condition + ") then $facts.add(Reason." + reason + "); end\n"));
    KieServices services = KieServices.get();
    KieFileSystem files = services.newKieFileSystem();
    files.write("src/main/resources/checks/checks.drl", rules.toString());
    KieBuilder builder = services.newKieBuilder(files).buildAll(ExecutableModelProject.class);
    if (builder.getResults().hasMessages(Message.Level.ERROR)) {
      throw new IllegalStateException(builder.getResults().toString());
    }
    session =
        services.newKieContainer(services.getRepository().getDefaultReleaseId()).newKieSession();
  }

  @Override
  public void check(List<Facts> batch) {
    List<FactHandle> handles = new ArrayList<>(batch.size());
    for (Facts facts : batch) {
      facts.clear();
      handles.add(session.insert(facts));
    }
    session.fireAllRules();
    handles.forEach(session::delete);
  }

  @Override
  public void close() {
    session.dispose();
  }
}
