#include "rules/RuleReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace bootorder;
using llvm::VersionTuple;

static const RuleSet &linuxRules() {
  static const RuleSet Rules = llvm::cantFail(
      readRules({std::string(BOOTORDER_SOURCE_DIR "/rules/linux/linux.yaml")}));
  return Rules;
}

static RuleSet rulesFor(VersionTuple Kernel, llvm::StringRef Arch) {
  return selectFor(linuxRules(), {Kernel, Arch.str(), {}});
}

static std::vector<std::string> bootEntries(const RuleSet &Rules) {
  std::vector<std::string> Names;
  for (const EntryPoint &Entry : Rules.EntryPoints)
    if (Entry.Task == TaskKind::Boot)
      Names.push_back(Entry.Function);
  return Names;
}

static std::string contentOf(const std::string &File) {
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  return Buffer ? (*Buffer)->getBuffer().str() : std::string();
}

TEST(LinuxRules, EveryRuleHasAPageWithAllSections) {
  for (const Rule &R : linuxRules().Rules) {
    std::string Page = contentOf(BOOTORDER_SOURCE_DIR "/" + R.Doc);
    EXPECT_TRUE(llvm::StringRef(Page).starts_with("# " + R.Id + "\n")) << R.Id;
    for (llvm::StringRef Heading :
         {"## What is reported", "## Why the kernel breaks", "## Wrong",
          "## Right", "## What it understands", "## Limits",
          "## How it is usually fixed"})
      EXPECT_NE(Page.find(Heading.str() + "\n"), std::string::npos)
          << R.Id << ": " << Heading.str();
    EXPECT_EQ(Page.find("use GFP_ATOMIC"), std::string::npos) << R.Id;
    for (const std::string &Text : {Page, R.Title, R.Why, R.Fix})
      EXPECT_EQ(Text.find("FILL IN"), std::string::npos) << R.Id;
  }
}

TEST(LinuxRules, EveryRuleHasCasesThatWarnAndCasesThatDoNot) {
  for (const Rule &R : linuxRules().Rules) {
    std::string Test = contentOf(BOOTORDER_SOURCE_DIR "/test/lit/rules/" +
                                 R.Id + "/" + R.Id + ".c");
    EXPECT_NE(Test.find("CHECK: main.c:"), std::string::npos) << R.Id;
    EXPECT_NE(Test.find("[bootorder-" + R.Id + "]"), std::string::npos) << R.Id;
    EXPECT_NE(Test.find("--implicit-check-not"), std::string::npos) << R.Id;
    EXPECT_NE(Test.find("if ("), std::string::npos) << R.Id << ": no guard";
    EXPECT_NE(Test.find("_late("), std::string::npos) << R.Id;
  }
}

TEST(LinuxRules, TheBootEntriesOfAnArchitecture) {
  RuleSet Powerpc = rulesFor(VersionTuple(2, 6, 30), "powerpc");
  EXPECT_EQ(
      bootEntries(Powerpc),
      (std::vector<std::string>{"early_setup", "early_init", "setup_system",
                                "machine_init", "MMU_init", "start_kernel"}));
  RuleSet X86 = rulesFor(VersionTuple(6, 12, 117), "x86");
  EXPECT_EQ(
      bootEntries(X86),
      (std::vector<std::string>{
          "startup_64_setup_env", "startup_64_setup_gdt_idt", "sme_enable",
          "__startup_64", "early_setup_idt", "do_early_exception",
          "xen_start_kernel", "xen_start_kernel", "x86_64_start_kernel",
          "i386_start_kernel", "start_kernel"}));
}

TEST(LinuxRules, Arm64EntersItsPrefixedCopyFirst) {
  std::vector<std::string> Names =
      bootEntries(rulesFor(VersionTuple(6, 12, 117), "arm64"));
  ASSERT_GE(Names.size(), 3u);
  EXPECT_EQ(Names[0], "__pi_create_init_idmap");
  EXPECT_EQ(Names[1], "__pi_early_map_kernel");
  EXPECT_EQ(Names.back(), "start_kernel");
}

TEST(LinuxRules, TraceEventsAreRecordsThenPointersToThem) {
  auto HoldsPointers = [](VersionTuple Kernel) {
    std::vector<bool> Found;
    for (const LinkerTable &Table : rulesFor(Kernel, "x86").Tables)
      if (tableKey(Table, "_ftrace_events"))
        Found.push_back(Table.HoldsPointers);
    return Found;
  };
  EXPECT_EQ(HoldsPointers(VersionTuple(2, 6, 30)), std::vector<bool>{false});
  EXPECT_EQ(HoldsPointers(VersionTuple(6, 12, 117)), std::vector<bool>{true});
}

TEST(LinuxRules, TheConfigurationDecidesBetweenEntries) {
  TreeInfo Tree{VersionTuple(2, 6, 30), "powerpc",
                [](llvm::StringRef Name) -> std::optional<bool> {
                  return Name != "PPC64";
                }};
  EXPECT_EQ(bootEntries(selectFor(linuxRules(), Tree)),
            (std::vector<std::string>{"early_init", "machine_init", "MMU_init",
                                      "start_kernel"}));
}

TEST(LinuxRules, IrqsOnIsKnownInEveryRelease) {
  for (VersionTuple Kernel : {VersionTuple(2, 6, 30), VersionTuple(6, 1, 192),
                              VersionTuple(6, 12, 117)}) {
    RuleSet Rules = rulesFor(Kernel, "powerpc");
    const Milestone *IrqsOn = Rules.findMilestone("irqs_on");
    ASSERT_TRUE(IrqsOn) << Kernel.getAsString();
    EXPECT_FALSE(IrqsOn->Optional);
    EXPECT_EQ(IrqsOn->Events[0].Subject, "arch_local_irq_enable");
    EXPECT_EQ(IrqsOn->Events[1].Subject, "local_irq_enable");
  }
}

TEST(LinuxRules, MilestonesFollowTheRelease) {
  RuleSet Old = rulesFor(VersionTuple(2, 6, 30), "x86");
  RuleSet New = rulesFor(VersionTuple(6, 12), "x86");
  EXPECT_FALSE(Old.findMilestone("wq_early"));
  EXPECT_TRUE(New.findMilestone("wq_early"));
  ASSERT_TRUE(Old.findMilestone("bootmem_released"));
  EXPECT_EQ(Old.findMilestone("bootmem_released")->Events[0].Subject,
            "mem_init");
  EXPECT_EQ(New.findMilestone("bootmem_released")->Events[0].Subject,
            "memblock_free_all");
}

TEST(LinuxRules, TablesFollowTheRelease) {
  auto Callback = [](const RuleSet &Rules) -> std::string {
    for (const LinkerTable &Table : Rules.Tables)
      if (tableKey(Table, "__param"))
        return Table.Callbacks.front();
    return "";
  };
  EXPECT_EQ(Callback(rulesFor(VersionTuple(2, 6, 30), "x86")), "set");
  EXPECT_EQ(Callback(rulesFor(VersionTuple(6, 12), "x86")), "ops.set");
}

TEST(LinuxRules, ASectionBelongsToOneTable) {
  for (VersionTuple Kernel :
       {VersionTuple(2, 6, 30), VersionTuple(6, 1), VersionTuple(6, 12)})
    for (llvm::StringRef Section :
         {".initcall6.init", ".con_initcall.init", ".init.setup", "__param",
          ".pci_fixup_early"}) {
      RuleSet Rules = rulesFor(Kernel, "x86");
      EXPECT_EQ(llvm::count_if(Rules.Tables,
                               [&](const LinkerTable &Table) {
                                 return tableKey(Table, Section).has_value();
                               }),
                1)
          << Section.str() << " in " << Kernel.getAsString();
    }
}

TEST(LinuxRules, SinksAreWhereTheReleasePutThem) {
  const Rule *Gfp = linuxRules().findRule("early-gfp-wait");
  ASSERT_TRUE(Gfp);
  for (llvm::StringRef Name :
       {"kmalloc", "__kmalloc", "kzalloc", "kmem_cache_alloc", "kmalloc_noprof",
        "__kmalloc_cache_noprof", "__alloc_pages_internal",
        "__alloc_pages_noprof", "alloc_pages_current", "__get_free_pages"})
    EXPECT_TRUE(Gfp->Sinks[0].Functions.matches(Name)) << Name.str();
  for (llvm::StringRef Name : {"kmalloc_type", "kmalloc_index", "kfree"})
    EXPECT_FALSE(Gfp->Sinks[0].Functions.matches(Name)) << Name.str();

  const Rule *Area = linuxRules().findRule("early-vm-area");
  ASSERT_TRUE(Area);
  for (llvm::StringRef Name :
       {"get_vm_area_caller", "__get_vm_area_caller", "vmalloc", "vmap",
        "__vmalloc_node_range_noprof"})
    EXPECT_TRUE(Area->Sinks[0].Functions.matches(Name)) << Name.str();
  for (llvm::StringRef Name : {"ioremap", "vmalloc_init", "vmalloc_to_page"})
    EXPECT_FALSE(Area->Sinks[0].Functions.matches(Name)) << Name.str();
}

TEST(LinuxRules, MacrosToRecordAreNames) {
  std::vector<std::string> Names = macroVocabulary(linuxRules());
  EXPECT_TRUE(llvm::is_sorted(Names));
  EXPECT_TRUE(llvm::is_contained(Names, "local_irq_enable"));
  EXPECT_FALSE(llvm::any_of(
      Names, [](const std::string &N) { return GlobSet::isPattern(N); }));
}

TEST(FindRules, ByNameOrByFile) {
  std::string Shipped = BOOTORDER_SOURCE_DIR "/rules/linux/linux.yaml";
  EXPECT_EQ(llvm::cantFail(findRules("linux", "/nowhere/bin")), Shipped);
  EXPECT_EQ(llvm::cantFail(findRules(Shipped, "/nowhere/bin")), Shipped);
}

TEST(FindRules, SaysWhereItLooked) {
  llvm::Expected<std::string> File = findRules("minix", "/nowhere/bin");
  ASSERT_FALSE(bool(File));
  EXPECT_EQ(llvm::toString(File.takeError()),
            "no rule set 'minix': neither "
            "'/nowhere/share/bootorder/rules/minix/minix.yaml' nor "
            "'" BOOTORDER_SOURCE_DIR "/rules/minix/minix.yaml' exists; give "
            "the path of a rule file instead");
  File = findRules("my/rules.yaml", "/nowhere/bin");
  ASSERT_FALSE(bool(File));
  EXPECT_EQ(llvm::toString(File.takeError()),
            "no rule file 'my/rules.yaml'; check the path, or give the name of "
            "a rule set");
}
