#include "TestTu.h"
#include "extract/HeaderList.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;

namespace {

std::vector<std::string> pathsOf(const std::vector<IncludedHeader> &Headers) {
  std::vector<std::string> Paths;
  for (const IncludedHeader &Header : Headers)
    Paths.push_back(Header.Path + (Header.IsWhole ? "" : " not whole"));
  return Paths;
}

std::vector<std::string> list(const TestTu &Tu, HeaderLister &Lister) {
  auto Headers = Lister.list(Tu.request(), Tu.fileSystem());
  EXPECT_TRUE(static_cast<bool>(Headers));
  return Headers ? pathsOf(*Headers) : std::vector<std::string>();
}

std::string guarded(const std::string &Name, const std::string &Text) {
  return "#ifndef " + Name + "\n#define " + Name + "\n" + Text + "\n#endif\n";
}

} // namespace

TEST(HeaderList, HeadersComeInTheOrderInWhichTheyAreEntered) {
  TestTu Tu("#define WANTED 1\n#include \"a.h\"\n#include \"b.h\"\nint x;");
  Tu.Files["a.h"] = guarded("A_H", "#if WANTED\n#include \"c.h\"\n#endif\n"
                                   "#ifdef UNKNOWN\n#include \"d.h\"\n#endif");
  Tu.Files["b.h"] = guarded("B_H", "int b(void) { return 1; }");
  Tu.Files["c.h"] = guarded("C_H", "#include \"b.h\"");
  HeaderLister Lister;
  EXPECT_THAT(list(Tu, Lister),
              ElementsAre("/kernel/a.h", "/kernel/c.h", "/kernel/b.h"));
  // The second time, directives of headers are known.
  EXPECT_THAT(list(Tu, Lister),
              ElementsAre("/kernel/a.h", "/kernel/c.h", "/kernel/b.h"));
}

TEST(HeaderList, AHeaderThatIsReadTwiceIsNotWhole) {
  TestTu Tu("#include \"a.h\"\n#include \"a.h\"\n");
  Tu.Files["a.h"] = "extern int a;";
  HeaderLister Lister;
  EXPECT_THAT(list(Tu, Lister), ElementsAre("/kernel/a.h not whole"));
}

TEST(HeaderList, WhatIncludesAMissingFileIsNotWhole) {
  TestTu Tu("#include \"a.h\"\n#include \"b.h\"\n");
  Tu.Files["a.h"] = guarded("A_H", "#include \"c.h\"");
  Tu.Files["c.h"] = guarded("C_H", "#include <missing.h>");
  Tu.Files["b.h"] = guarded("B_H", "");
  HeaderLister Lister;
  EXPECT_THAT(list(Tu, Lister),
              ElementsAre("/kernel/a.h not whole", "/kernel/c.h not whole",
                          "/kernel/b.h"));
}
