#include "TestFolder.h"
#include "TestTu.h"
#include "tool/driver/ExtractPool.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::IsEmpty;

namespace {

/// Units in a folder, and headers whose meaning depends on their order.
struct OrderedTree {
  TestFolder Folder;
  std::vector<ExtractRequest> Units;

  OrderedTree() {
    Folder.write("first.h", "#ifndef FIRST_H\n#define FIRST_H\n"
                            "#ifdef LAST_H\nextern int after;\n#else\n"
                            "extern int before;\n#endif\n#endif\n");
    Folder.write("last.h", "#ifndef LAST_H\n#define LAST_H\n"
                           "static inline int last(void) { return 2; }\n"
                           "#endif\n");
  }

  void add(int Count, llvm::StringRef Text) {
    for (int I = 0; I != Count; ++I) {
      std::string Name = "u" + std::to_string(Units.size()) + ".c";
      ExtractRequest Unit;
      Unit.Directory = Folder.path("");
      Unit.File = Folder.write(Name, Text);
      Unit.Arguments = {"--target=x86_64-linux-gnu", "-std=gnu11"};
      Units.push_back(std::move(Unit));
    }
  }

  ExtractedUnits extract(unsigned Threads) const {
    PreludeOptions Options;
    Options.AreWanted = true;
    return llvm::cantFail(extractAll(Units, extractSource, Threads, Options));
  }
};

const char *const Usual = "#include \"first.h\"\n#include \"last.h\"\n"
                          "int f(void) { return last(); }\n";
const char *const Reversed = "#include \"last.h\"\n#include \"first.h\"\n"
                             "int f(void) { return last() + after; }\n";

} // namespace

TEST(Preludes, UnitsWithAnOrderOfTheirOwnGetAPreludeOfTheirOwn) {
  OrderedTree Tree;
  Tree.add(9, Usual);
  Tree.add(5, Reversed);
  for (unsigned Threads : {1, 3}) {
    ExtractedUnits All = Tree.extract(Threads);
    EXPECT_EQ(All.Units.size(), 14u);
    EXPECT_EQ(All.UnitsWithPrelude, 14u);
    EXPECT_THAT(All.Refused, IsEmpty());
  }
}

TEST(Preludes, FewUnitsWithAnOrderOfTheirOwnAreParsedPlainly) {
  OrderedTree Tree;
  Tree.add(9, Usual);
  Tree.add(2, Reversed);
  ExtractedUnits All = Tree.extract(/*Threads=*/2);
  EXPECT_EQ(All.Units.size(), 11u);
  EXPECT_EQ(All.UnitsWithPrelude, 9u);
  ASSERT_EQ(All.Refused.size(), 2u);
  EXPECT_THAT(All.Refused[0].Reason, testing::HasSubstr("another 'LAST_H'"));
}
