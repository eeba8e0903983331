package dev.weir.bench;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.weir.gating.decision.Reason;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The checks as cel-java runs them: one compiled expression for each reason. */
final class CelRules implements RuleEngine {
  private final Map<Reason, CelRuntime.Program> programs = new EnumMap<>(Reason.class);

  CelRules(Map<Reason, String> conditions) {
    CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
        .addVar("first", SimpleType.DOUBLE)
        .addVar("second", SimpleType.DOUBLE)
        .addVar("third", SimpleType.DOUBLE)
        .addVar("fragile", SimpleType.BOOL)
        .addVar("fallback", SimpleType.DOUBLE)
        .addVar("agreement", SimpleType.DOUBLE)
        .addVar("width", SimpleType.DOUBLE)
        .addVar("confidence", SimpleType.DOUBLE)
        .build();
    CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder().build();
    conditions.forEach((reason, condition) -> {
      try {
        programs.put(reason, runtime.createProgram(compiler.compile(condition).getAst()));
      } catch (CelValidationException | CelEvaluationException e) {
        throw new IllegalStateException(condition, e);
      }
    });
  }

  @Override
  public void check(List<Facts> batch) {
    for (Facts facts : batch) {
      facts.clear();
      Map<String, Object> variables = variables(facts);
      programs.forEach((reason, program) -> {
        if (isTrue(program, variables)) {
          facts.add(reason);
        }
      });
    }
  }

  private static boolean isTrue(CelRuntime.Program program, Map<String, Object> variables) {
    try {
      return (Boolean) program.eval(variables);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> variables(Facts facts) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("first", facts.getFirst());
    variables.put("second", facts.getSecond());
    variables.put("third", facts.getThird());
    variables.put("fragile", facts.isFragile());
    variables.put("fallback", facts.getFallback());
    variables.put("agreement", facts.getAgreement());
    variables.put("width", facts.getWidth());
    variables.put("confidence", facts.getConfidence());
    return variables;
  }
}
