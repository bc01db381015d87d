#include "tool/driver/KbuildFacts.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace bootorder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

static CapturedUnit parse(std::vector<std::string> Words,
                          llvm::StringRef Flags = "") {
  llvm::Expected<CapturedUnit> Unit =
      kbuildUnit(std::move(Words), Flags, "clang -m64", "/out");
  if (Unit)
    return std::move(*Unit);
  ADD_FAILURE() << llvm::toString(Unit.takeError());
  return {};
}

TEST(DriverKbuildFacts, TakesWhatKbuildPasses) {
  CapturedUnit Unit =
      parse({"-D__linux__", "--arch=x86", "-Wp,-MMD,mm/.slub.o.d",
             "-D__KERNEL__", "/src/mm/slub.c"},
            "-D__linux__  --arch=x86 ");
  EXPECT_EQ(Unit.File, "/src/mm/slub.c");
  EXPECT_EQ(Unit.Directory, "/out");
  EXPECT_EQ(Unit.Output, "mm/slub.o");
  EXPECT_THAT(Unit.Arguments,
              ElementsAre("clang", "-m64", "-Wp,-MMD,mm/.slub.o.d",
                          "-D__KERNEL__", "-c", "-o", "mm/slub.o",
                          "/src/mm/slub.c"));
}

TEST(DriverKbuildFacts, NamesTheObjectAsOldKernelsDo) {
  EXPECT_EQ(parse({"-Wp,-MD,mm/.slub.o.d", "mm/slub.c"}).Output, "mm/slub.o");
  EXPECT_EQ(parse({"-Wp,-MD,mm/..tmp_slub.o.d", "mm/slub.c"}).Output,
            "mm/slub.o");
  EXPECT_EQ(parse({"-D__KERNEL__", "mm/slub.c"}).Output, "mm/slub.o");
}

TEST(DriverKbuildFacts, RefusesALineWithoutASource) {
  llvm::Expected<CapturedUnit> Unit =
      kbuildUnit({"-D__KERNEL__"}, "", "gcc", "/out");
  ASSERT_FALSE(Unit);
  EXPECT_THAT(llvm::toString(Unit.takeError()),
              HasSubstr("no source at the end of the command line"));
}
