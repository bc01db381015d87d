#include "TestFolder.h"
#include "rules/RuleReader.h"
#include "gtest/gtest.h"

using namespace bootorder;
using testing::Test;

namespace {

/// Reads \p Text as a rule file whose first line is the language version.
class RuleReaderTest : public Test {
protected:
  RuleSet read(llvm::StringRef Text) {
    return llvm::cantFail(readRules(Folder.write("r.yaml", withHead(Text))));
  }

  std::string errorsOf(llvm::StringRef Text) {
    return errorsIn(Folder.write("r.yaml", withHead(Text)));
  }

  std::string errorsIn(const std::string &Path) {
    llvm::Expected<RuleSet> Rules = readRules(Path);
    return Rules ? "no error" : Folder.strip(llvm::toString(Rules.takeError()));
  }

  static std::string withHead(llvm::StringRef Text) {
    return ("bootorder: 1\n" + Text).str();
  }

  TestFolder Folder;
};

} // namespace

TEST_F(RuleReaderTest, EntryPointsAreSortedByTaskAndOrder) {
  RuleSet Rules = read("entry_points:\n"
                       "  - {function: kernel_init, order: 1, task: pid1,\n"
                       "     spawned_by: rest_init, reason: r}\n"
                       "  - {function: start_kernel, order: 100, reason: r}\n"
                       "  - {function: early_setup, order: 10, reason: r,\n"
                       "     arch: powerpc, optional: true}\n");
  ASSERT_EQ(Rules.EntryPoints.size(), 3u);
  EXPECT_EQ(Rules.EntryPoints[0].Function, "early_setup");
  EXPECT_TRUE(Rules.EntryPoints[0].Optional);
  EXPECT_EQ(Rules.EntryPoints[1].Function, "start_kernel");
  EXPECT_EQ(Rules.EntryPoints[2].Task, TaskKind::Pid1);
  EXPECT_EQ(Rules.EntryPoints[2].SpawnedBy, "rest_init");
}

TEST_F(RuleReaderTest, MilestonesOfEveryKind) {
  RuleSet Rules = read(
      "milestones:\n"
      "  slab: {returns: kmem_cache_init, means: m}\n"
      "  rest: {calls: rest_init, means: m}\n"
      "  late: {calls_pointer: late_time_init, means: m, optional: true}\n"
      "  irqs_on:\n"
      "    means: interrupts are enabled\n"
      "    any:\n"
      "      - {macro: local_irq_enable, in: start_kernel}\n"
      "      - {stores: {variable: off, value: false}, kernels: '>=2.6.38'}\n");
  ASSERT_EQ(Rules.Milestones.size(), 4u);
  EXPECT_EQ(Rules.Milestones[0].Events[0].Subject, "kmem_cache_init");
  EXPECT_TRUE(Rules.Milestones[2].Optional);
  const Milestone *IrqsOn = Rules.findMilestone("irqs_on");
  ASSERT_TRUE(IrqsOn);
  ASSERT_EQ(IrqsOn->Events.size(), 2u);
  EXPECT_EQ(IrqsOn->Events[0].Kind, MilestoneEvent::EventKind::Macro);
  EXPECT_EQ(IrqsOn->Events[0].In, "start_kernel");
  EXPECT_EQ(IrqsOn->Events[1].Value, "false");
  EXPECT_EQ(IrqsOn->Where.Line, 6u);
  EXPECT_EQ(Rules.findMilestone("slap"), nullptr);
}

TEST_F(RuleReaderTest, TablesWithDispatchers) {
  RuleSet Rules = read("tables:\n"
                       "  param:\n"
                       "    section: '\\.init\\.setup'\n"
                       "    record: obs_kernel_param\n"
                       "    callbacks: [setup_func]\n"
                       "    split_on: {field: early, keys: {1: early}}\n"
                       "    dispatchers:\n"
                       "      - {function: start_kernel, at_call: parse_args,\n"
                       "         with_string: Booting kernel, keys: [early]}\n"
                       "  machine:\n"
                       "    section: '\\.machine\\.desc'\n"
                       "    record: machdep_calls\n"
                       "    mode: ops\n"
                       "    boundaries: [__machine_desc_start]\n"
                       "    dispatchers: [{mentions_boundary: true}]\n");
  ASSERT_EQ(Rules.Tables.size(), 2u);
  EXPECT_EQ(splitKey(Rules.Tables[0], 1), "early");
  EXPECT_EQ(Rules.Tables[0].Dispatchers[0].WithString, "Booting kernel");
  EXPECT_EQ(Rules.Tables[1].Mode, TableMode::Ops);
  EXPECT_EQ(Rules.Tables[1].Dispatchers[0].Function, "");
}

TEST_F(RuleReaderTest, SemanticsOfEveryKind) {
  using EffectKind = FunctionEffect::EffectKind;
  RuleSet Rules =
      read("semantics:\n"
           "  - {irqs: restores, macros: local_irq_restore, reason: r}\n"
           "  - {returns: enabled(arg0) xor arg1, functions: [b], reason: r}\n"
           "  - {returns: -1, functions: [f], reason: r}\n"
           "  - {uncontended: true, functions: [__down], reason: r}\n"
           "  - {no_return: true, functions: [prom_panic], reason: r}\n"
           "  - {returns: fresh, functions: [obtain], reason: r}\n"
           "static_calls: {trampoline_prefix: __SCT__, key_prefix: __SCK__}\n"
           "calls_now: [{functions: [walk], argument: 1, reason: r}]\n"
           "copies: [{sections: ['.percpu*'], reason: r}]\n"
           "boundaries: [{functions: [panic], reason: r}]\n"
           "wrappers: [{functions: ['kstrdup*'], reason: r}]\n");
  ASSERT_EQ(Rules.Semantics.size(), 6u);
  EXPECT_EQ(Rules.Semantics[0].Kind, EffectKind::RestoresIrqs);
  EXPECT_TRUE(Rules.Semantics[0].Macros.matches("local_irq_restore"));
  EXPECT_EQ(Rules.Semantics[1].Result.XorArgument, 1u);
  EXPECT_EQ(Rules.Semantics[2].Result.Constant, -1);
  EXPECT_EQ(Rules.Semantics[3].Kind, EffectKind::Uncontended);
  EXPECT_EQ(Rules.Semantics[4].Kind, EffectKind::NoReturn);
  EXPECT_EQ(Rules.Semantics[5].Result.Kind,
            FunctionEffect::ReturnValue::ValueKind::Fresh);
  EXPECT_EQ(Rules.StaticCalls.KeyPrefix, "__SCK__");
  EXPECT_EQ(Rules.ImmediateCallers[0].Argument, 1u);
  EXPECT_TRUE(Rules.Copies[0].Sections.matches(".percpu.first"));
  EXPECT_TRUE(Rules.Boundaries[0].Functions.matches("panic"));
  EXPECT_TRUE(Rules.Wrappers[0].Functions.matches("kstrdup_const"));
  EXPECT_EQ(macroVocabulary(Rules),
            std::vector<std::string>{"local_irq_restore"});
}

TEST_F(RuleReaderTest, ARuleWithEverything) {
  RuleSet Rules =
      read("constants: {__GFP_WAIT: linux/gfp.h}\n"
           "milestones: {irqs_on: {returns: f, means: m}}\n"
           "effects: {on: {means: m, uses: [{macros: [local_irq_enable]}]}}\n"
           "rules:\n"
           "  early-gfp-wait:\n"
           "    title: t\n"
           "    severity: warning\n"
           "    profile: strict\n"
           "    why: w\n"
           "    fix: f\n"
           "    since: '0.1.0'\n"
           "    needs: {after: irqs_on}\n"
           "    source: [{file: mm/slab.c, version: v2.6.30}]\n"
           "    sinks:\n"
           "      - functions: ['kmalloc*']\n"
           "        argument: {type: gfp_t, has_any_bit: [__GFP_WAIT]}\n"
           "        matters_for: [on]\n"
           "        callers: {not_in: [g]}\n"
           "        files: {in: ['mm/*']}\n"
           "        tasks: [boot, secondary-cpu]\n"
           "        reason: r\n"
           "      - cleanup_of: [class_irq_destructor]\n");
  const Rule *R = Rules.findRule("early-gfp-wait");
  ASSERT_TRUE(R);
  EXPECT_EQ(R->Level, SeverityKind::Warning);
  EXPECT_EQ(R->In, Profile::Strict);
  EXPECT_EQ(R->Doc, "docs/checks/early-gfp-wait.md");
  EXPECT_EQ(R->After, "irqs_on");
  EXPECT_EQ(R->References[0].Version, "v2.6.30");
  ASSERT_EQ(R->Sinks.size(), 2u);
  EXPECT_EQ(R->Sinks[0].Argument->TypeName, "gfp_t");
  EXPECT_EQ(R->Sinks[0].MattersFor, std::vector<std::string>{"on"});
  EXPECT_TRUE(R->Sinks[0].NotCallers.matches("g"));
  EXPECT_TRUE(R->Sinks[0].Files.matches("mm/slab.c"));
  EXPECT_EQ(R->Sinks[0].Tasks.size(), 2u);
  EXPECT_TRUE(R->Sinks[1].CleanupOf.matches("class_irq_destructor"));
  EXPECT_EQ(Rules.findEffect("on")->Uses.size(), 1u);
}

TEST_F(RuleReaderTest, ASinkThatNamesAnEffectBecomesItsUses) {
  RuleSet Rules =
      read("effects:\n"
           "  inner: {means: m, uses: [{functions: [f]}]}\n"
           "  outer:\n"
           "    means: m\n"
           "    uses:\n"
           "      - {having: [inner]}\n"
           "      - {macros: [g], callers: {not_in: [a]}, reason: r}\n"
           "milestones: {on: {returns: f, means: m}}\n"
           "rules:\n"
           "  x: {title: t, why: w, fix: f, since: s, needs: {after: on},\n"
           "      source: [{file: f, version: v}], sinks: [\n"
           "      {having: [outer], callers: {not_in: [b]}, tasks: boot,\n"
           "       reason: q}]}\n");
  const std::vector<Sink> &Sinks = Rules.findRule("x")->Sinks;
  ASSERT_EQ(Sinks.size(), 2u);
  EXPECT_TRUE(Sinks[0].Functions.matches("f"));
  EXPECT_TRUE(Sinks[0].NotCallers.matches("b"));
  EXPECT_TRUE(Sinks[1].Macros.matches("g"));
  EXPECT_TRUE(Sinks[1].NotCallers.matches("a"));
  EXPECT_TRUE(Sinks[1].NotCallers.matches("b"));
  EXPECT_EQ(Sinks[1].Tasks, std::vector<TaskKind>{TaskKind::Boot});
  EXPECT_EQ(Sinks[1].Reason, "r; q");
  EXPECT_TRUE(Sinks[1].Having.empty());
  EXPECT_EQ(Rules.findEffect("outer")->Uses.size(), 2u);
  EXPECT_FALSE(Rules.findEffect("outer")->Uses[1].NotCallers.matches("b"));
}

TEST_F(RuleReaderTest, IncludesAreReadOnceFromBesideTheFile) {
  Folder.write("d/a.yaml", withHead("include: [b.yaml]\n"));
  Folder.write("d/b.yaml", withHead("include: [a.yaml]\nwrappers:\n"
                                    "  - {functions: [f], reason: r}\n"));
  std::string Top = Folder.write(
      "top.yaml",
      withHead("ruleset: mine\ninclude: [d/a.yaml, d/../d/b.yaml]\n"));
  RuleSet Rules = llvm::cantFail(readRules(Top));
  EXPECT_EQ(Rules.Name, "mine");
  EXPECT_EQ(Rules.Wrappers.size(), 1u);
  ASSERT_EQ(Rules.Files.size(), 3u);
  EXPECT_EQ(Folder.strip(Rules.Files[2]), "d/b.yaml");
}

TEST_F(RuleReaderTest, AllMistakesOfAllFilesInOneRun) {
  Folder.write("b.yaml", withHead("milestone: {}\n"));
  EXPECT_EQ(
      errorsOf("include: [b.yaml, c.yaml]\n"
               "wrappers: [{functions: [f]}]\n"
               "rulez: []\n"),
      "b.yaml:2:1: error: unknown key 'milestone' in the rule file; did you "
      "mean 'milestones'?\n"
      "r.yaml:2:19: error: cannot read 'c.yaml': no such file or directory; "
      "check the path\n"
      "r.yaml:3:12: error: a wrapper has no 'reason'; add 'reason: ...'\n"
      "r.yaml:4:1: error: unknown key 'rulez' in the rule file; did you mean "
      "'rules'?\n");
}

TEST_F(RuleReaderTest, TheLanguageVersion) {
  EXPECT_EQ(errorsIn(Folder.write("r.yaml", "ruleset: x\n")),
            "r.yaml:1:1: error: the rule file has no 'bootorder'; add "
            "'bootorder: ...'\n");
  EXPECT_EQ(errorsIn(Folder.write("r.yaml", "bootorder: 2\n")),
            "r.yaml:1:12: error: rule language '2' is not known; this program "
            "reads 'bootorder: 1'\n");
  EXPECT_EQ(errorsIn(Folder.write("r.yaml", "")),
            "r.yaml:1:1: error: the rule file must be a map of keys, but it is "
            "nothing\n");
  EXPECT_EQ(errorsIn(Folder.path("none.yaml")),
            "error: cannot read 'none.yaml': no such file or directory; check "
            "the path\n");
}
