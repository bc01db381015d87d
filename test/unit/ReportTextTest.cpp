#include "tool/report/TextReporter.h"
#include "tool/report/WitnessText.h"

#include "gtest/gtest.h"
#include <fstream>

using namespace bootorder;

namespace {

WitnessFrame frame(std::string Function, std::string File, uint32_t Line,
                   std::string Callee) {
  WitnessFrame Frame;
  Frame.Function = std::move(Function);
  Frame.Place = {std::move(File), Line, 2};
  Frame.Callee = std::move(Callee);
  return Frame;
}

/// The chain through an ops table that the design shows.
Finding seedFinding() {
  Finding F;
  F.Rule = "early-gfp-wait";
  F.ConfidenceReason = "one machine-table edge";
  F.Message =
      "GFP_KERNEL allocation before interrupts and timers are initialised";
  F.Why = "the slab slow path enables interrupts when __GFP_WAIT is set.";
  F.Doc = "docs/checks/early-gfp-wait.md";
  F.Sink = "kzalloc";
  F.Function = "zalloc_maybe_bootmem";
  F.Place = {"arch/powerpc/lib/alloc.c", 3, 7};
  F.Step = {12, "init_IRQ", {"init/main.c", 623, 2}};
  F.NeedsMilestone = "irqs_on";
  F.Milestone = {17, "local_irq_enable", {"init/main.c", 635, 2}};
  F.HasValue = true;
  F.Value = {"GFP_KERNEL", true, 0xd0, "__GFP_WAIT", 0x10};
  F.Path = {
      frame("start_kernel", "init/main.c", 623, "init_IRQ"),
      frame("init_IRQ", "arch/powerpc/kernel/irq.c", 341, "pmac_pic_init"),
      frame("pmac_pic_init", "arch/powerpc/platforms/pic.c", 583,
            "zalloc_maybe_bootmem"),
      frame("zalloc_maybe_bootmem", "arch/powerpc/lib/alloc.c", 3, "kzalloc")};
  F.Path[1].Edge = WitnessEdgeKind::Ops;
  F.Path[1].Through = "ppc_md.init_IRQ";
  F.Path[1].Evidence = "from mach_powermac in section .machine.desc";
  F.Path[3].Edge = WitnessEdgeKind::Sink;
  F.Path[3].Arguments = "size, mask";
  F.Roots = {"init_IRQ", "setup_arch", "time_init"};
  return F;
}

Report reportOf(std::vector<Finding> Findings) {
  Report R;
  R.Kernel = "2.6.30";
  R.Arch = "powerpc";
  R.SourceRoot = "/nowhere";
  R.Result.Findings = std::move(Findings);
  Ledger &L = R.Result.Summary;
  L.Units = L.UnitsParsed = 1672;
  L.UnitsWithNotes = 12;
  L.AssemblyUnits = 40;
  L.ModuleUnits = 300;
  L.Functions = 20123;
  L.ReachedBefore["irqs_on"] = 2905;
  R.Milestones = {"irqs_on"};
  StepRow Row;
  Row.Milestones = {"slab"};
  R.Result.Steps = {Row, Row};
  return R;
}

std::string textOf(const Report &R, TextOptions Options = {}) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printText(OS, R, Options);
  return Text;
}

bool contains(const std::string &Text, llvm::StringRef Part) {
  return llvm::StringRef(Text).contains(Part);
}

} // namespace

TEST(TextReporter, AFindingIsReadableAlone) {
  EXPECT_EQ(
      textOf(reportOf({seedFinding()})),
      R"(arch/powerpc/lib/alloc.c:3:7: error: GFP_KERNEL allocation before interrupts and timers are initialised [bootorder-early-gfp-wait]
  value: GFP_KERNEL = 0xd0, contains __GFP_WAIT (0x10)
  runs in 'init_IRQ' (init/main.c:623); needs milestone irqs_on (init/main.c:635), which comes later
    init/main.c:623                   start_kernel          calls init_IRQ
    arch/powerpc/kernel/irq.c:341     init_IRQ              calls ppc_md.init_IRQ
                                                              = pmac_pic_init, from mach_powermac in section .machine.desc
    arch/powerpc/platforms/pic.c:583  pmac_pic_init         calls zalloc_maybe_bootmem
    arch/powerpc/lib/alloc.c:3        zalloc_maybe_bootmem  calls kzalloc(size, mask)
  why it breaks: the slab slow path enables interrupts when __GFP_WAIT is set (rule early-gfp-wait, docs/checks/early-gfp-wait.md)
  confidence: high (one machine-table edge); 2 other roots reach this line, --all-roots lists them

1 finding in Linux 2.6.30 powerpc
  units: 1,672 of 1,672 parsed, 12 with notes, 0 lost; 40 of them assembly; 300 of modules left out
  functions: 20,123, 2,905 reached before irqs_on
  boot: 2 steps, 2 milestones completed
  not seen: 0 unresolved indirect calls in reached code; 0 assumptions used; 0 held back below boundaries
)");
}

TEST(TextReporter, QuotesTheLineWithACaret) {
  std::string Root = ::testing::TempDir();
  std::ofstream(Root + "/alloc.c")
      << "void *f(int size)\n{\n\tp = kzalloc(size, GFP_KERNEL);\n}\n";
  Report R = reportOf({seedFinding()});
  R.SourceRoot = Root;
  R.Result.Findings[0].Place = {"alloc.c", 3, 6};
  EXPECT_TRUE(contains(
      textOf(R),
      "\n    3 | \tp = kzalloc(size, GFP_KERNEL);\n"
      "      | \t    ^~~~~~~       ~~~~~~~~~~ GFP_KERNEL = 0xd0, contains"
      " __GFP_WAIT (0x10)\n"));
}

TEST(TextReporter, SaysThatAValueWasNotFollowed) {
  Report R = reportOf({seedFinding()});
  R.Result.Findings[0].Value.Text = "mask";
  R.Result.Findings[0].Value.IsKnown = false;
  EXPECT_TRUE(contains(textOf(R), "value: mask: flag value not followed, it "
                                  "may contain __GFP_WAIT (0x10)\n"));
}

TEST(TextReporter, AValueThatNoMacroSpellsIsPrintedOnce) {
  Report R = reportOf({seedFinding()});
  R.Result.Findings[0].Value.Text = "0xd0";
  EXPECT_TRUE(contains(textOf(R), "value: 0xd0, contains __GFP_WAIT (0x10)\n"));
}

TextOptions withPath(unsigned Frames) {
  TextOptions Options;
  Options.MaxPath = Frames;
  return Options;
}

TEST(TextReporter, FoldsTheDullMiddleOfALongPath) {
  Finding F = seedFinding();
  WitnessFrame Dull = frame("dull", "lib/dull.c", 1, "dull");
  F.Path.insert(F.Path.begin() + 2, 5, Dull);
  std::string Text = textOf(reportOf({F}), withPath(5));
  EXPECT_TRUE(contains(Text, "calls ppc_md.init_IRQ\n"));
  EXPECT_TRUE(contains(Text, "pmac_pic_init "));
  EXPECT_TRUE(contains(Text, "    ... 4 frames left out: dull, dull, dull, "
                             "dull (--max-path 0 shows all)\n"));
}

TEST(TextReporter, CutsALongPathInItsMiddle) {
  std::string Text = textOf(reportOf({seedFinding()}), withPath(2));
  EXPECT_TRUE(contains(Text, "start_kernel"));
  EXPECT_TRUE(contains(Text, "... 2 frames left out: init_IRQ, "
                             "pmac_pic_init (--max-path 0 shows all)"));
  EXPECT_TRUE(contains(Text, "calls kzalloc"));
  EXPECT_FALSE(contains(Text, "ppc_md"));
}

TEST(TextReporter, ListsTheRootsWhenAsked) {
  TextOptions Options;
  Options.AllRoots = true;
  std::string Text = textOf(reportOf({seedFinding()}), Options);
  EXPECT_TRUE(contains(
      Text, "roots that reach this line: init_IRQ, setup_arch, time_init\n"));
}

TEST(TextReporter, NoFindingsInAnIncompleteAnalysisIsNoCleanBill) {
  Report R = reportOf({});
  R.Incomplete = {"2 of 1,672 units lost"};
  R.Result.Summary.UnitsLost = {{"a.c", "parse error"}, {"b.c", "crash"}};
  std::string Text = textOf(R);
  EXPECT_EQ(Text.find("no findings in Linux 2.6.30 powerpc, but the analysis "
                      "is incomplete\n"
                      "  incomplete: 2 of 1,672 units lost\n"),
            0u);
  EXPECT_TRUE(contains(Text, "  lost: a.c (parse error), b.c (crash)\n"));
}

TEST(TextReporter, CountsWhatItDoesNotShow) {
  Finding Masked = seedFinding();
  Masked.Class = FindingClass::Masked;
  std::string Text = textOf(reportOf({Masked}));
  EXPECT_EQ(
      Text.find("no findings in Linux 2.6.30 powerpc; 1 masked by the kernel"),
      0u);
}

TEST(TextReporter, LatentFindingsAreNotesForWhoAsks) {
  Finding Latent = seedFinding();
  Latent.Class = FindingClass::Latent;
  Report R = reportOf({Latent});
  EXPECT_EQ(textOf(R).find("no findings in Linux 2.6.30 powerpc; 1 latent "
                           "(--explain-latent)\n"),
            0u);
  TextOptions Asked;
  Asked.Also.Masked = true;
  EXPECT_EQ(textOf(R, Asked), textOf(R));
  Asked.Also.Latent = true;
  std::string Text = textOf(R, Asked);
  EXPECT_TRUE(contains(Text, ": note: "));
  EXPECT_TRUE(contains(Text, "  latent: harmless only because of what has run "
                             "by then; with what memory holds just before "
                             "milestone irqs_on it would be wrong\n"));
}

TEST(TextReporter, TheLedgerIsShortWhateverHappened) {
  Report R = reportOf({});
  R.Incomplete = {"a", "b", "c", "d", "e"};
  R.Result.Summary.UnitsLost.assign(50, {"a.c", "parse error"});
  R.Result.Summary.MissingMilestones.assign(50, "slab");
  std::string Text = textOf(R);
  EXPECT_LE(llvm::StringRef(Text).count('\n'), 10u);
  EXPECT_TRUE(contains(Text, "and 47 more"));
}

TEST(WitnessText, SaysWhatEachEdgeIs) {
  WitnessFrame Frame = frame("f", "a.c", 1, "g");
  Frame.Edge = WitnessEdgeKind::Cleanup;
  EXPECT_EQ(actionText(Frame), "calls g at scope exit");
  Frame.Edge = WitnessEdgeKind::Table;
  EXPECT_EQ(actionText(Frame), "runs g from a linker table");
  Frame.Edge = WitnessEdgeKind::Assembly;
  EXPECT_EQ(actionText(Frame), "calls g in assembly");
  Frame.Edge = WitnessEdgeKind::Assumed;
  EXPECT_EQ(actionText(Frame), "is taken to call g");
  Frame.Evidence = "by a rule";
  Frame.EvidencePlace = {"b.yaml", 3, 1};
  EXPECT_EQ(evidenceText(Frame), "by a rule (b.yaml:3)");
}
