#include "tool/capture/FlagTable.h"

#include "support/Files.h"
#include "gtest/gtest.h"

using namespace bootorder;

namespace {

constexpr char Sample[] = R"(
bootorder: 1
options:
  - {option: "-c"}
  - {option: "-o", with_value: true}
  - {option: "-Wp,-D*", becomes: "-D*"}
  - {option: "-W*"}
  - {option: "-mgcc", when: gcc}
  - {option: "-mold", becomes: "-mnew"}
targets:
  - {arch: powerpc, option: "-m64", target: powerpc64-linux-gnu}
  - {arch: powerpc, target: powerpc-linux-gnu}
)";

std::vector<std::string> translate(std::vector<std::string> Arguments,
                                   CompilerKind Kind = CompilerKind::Gcc,
                                   llvm::StringRef Table = Sample) {
  CapturedTree Tree;
  Tree.SrcArch = "powerpc";
  Tree.Kind = Kind;
  CapturedUnit Unit;
  Unit.Directory = "/o";
  Unit.File = "/o/a.c";
  Unit.Arguments = std::move(Arguments);
  return clangArguments(Tree, Unit,
                        llvm::cantFail(parseFlagTable(Table, "flags.yaml")));
}

using Words = std::vector<std::string>;

} // namespace

TEST(FlagTable, LeavesOutTheCompilerTheSourceAndTheObject) {
  EXPECT_EQ(translate({"ccache", "gcc", "-DX", "-c", "-o", "a.o", "a.c"}),
            (Words{"--target=powerpc-linux-gnu", "-DX"}));
}

TEST(FlagTable, DropsAndTranslatesOptions) {
  EXPECT_EQ(translate({"gcc", "-Wall", "-Wp,-DY=1", "-mold", "-O2"}),
            (Words{"--target=powerpc-linux-gnu", "-DY=1", "-mnew", "-O2"}));
}

TEST(FlagTable, KeepsValuesOfOptionsAsTheyAre) {
  EXPECT_EQ(
      translate({"gcc", "-include", "-Wx", "-I", "a.c"}),
      (Words{"--target=powerpc-linux-gnu", "-include", "-Wx", "-I", "a.c"}));
}

TEST(FlagTable, AppliesAConditionToItsCompilerOnly) {
  EXPECT_EQ(translate({"gcc", "-mgcc"}), (Words{"--target=powerpc-linux-gnu"}));
  EXPECT_EQ(translate({"clang", "-mgcc"}, CompilerKind::Clang),
            (Words{"--target=powerpc-linux-gnu", "-mgcc"}));
}

TEST(FlagTable, ChoosesATargetUnlessTheCommandNamesOne) {
  EXPECT_EQ(translate({"gcc", "-m64"}),
            (Words{"--target=powerpc64-linux-gnu", "-m64"}));
  EXPECT_EQ(translate({"clang", "--target=x"}), (Words{"--target=x"}));
}

TEST(FlagTable, AddsADefaultThatNoOptionReplaces) {
  auto Translate = [](std::vector<std::string> Arguments) {
    return translate(std::move(Arguments), CompilerKind::Gcc,
                     "bootorder: 1\ndefaults:\n"
                     "  - {option: \"-fold-rules\", unless: [\"-std=*\"]}\n");
  };
  EXPECT_EQ(Translate({"gcc", "-DX"}), (Words{"-fold-rules", "-DX"}));
  EXPECT_EQ(Translate({"gcc", "-std=x"}), (Words{"-std=x"}));
}

TEST(FlagTable, ReportsAnUnknownKeyWithItsPlace) {
  llvm::Expected<FlagTable> Table = parseFlagTable(
      "bootorder: 1\noptions:\n  - {option: \"-c\", bogus: 1}\n", "flags.yaml");
  ASSERT_FALSE(bool(Table));
  std::string Message = llvm::toString(Table.takeError());
  EXPECT_NE(Message.find("flags.yaml:3:"), std::string::npos) << Message;
  EXPECT_NE(Message.find("bogus"), std::string::npos) << Message;
}

TEST(FlagTable, TheShippedTableIsWellFormed) {
  std::string File = BOOTORDER_SOURCE_DIR "/rules/flags/flags.yaml";
  llvm::Expected<FlagTable> Table =
      parseFlagTable(llvm::cantFail(readFile(File)), File);
  ASSERT_TRUE(bool(Table)) << llvm::toString(Table.takeError());
  EXPECT_GT(Table->Rules.size(), 50u);
}
