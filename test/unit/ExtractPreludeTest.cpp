#include "TestTu.h"
#include "extract/Prelude.h"
#include "model/CanonicalHeaders.h"
#include "model/FactsPrinter.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

/// A unit, a prelude of /kernel/a.h and /kernel/b.h, and what both give.
struct WithPrelude {
  TestTu Tu;
  std::shared_ptr<const Prelude> Shared;
  Conflict Refused;     ///< the prelude, by the unit
  ExtractResult Result; ///< of a plain parse if so

  explicit WithPrelude(std::string Code, std::string A, std::string B)
      : Tu(std::move(Code)) {
    Tu.Files["a.h"] = "#ifndef A_H\n#define A_H\n" + A + "\n#endif\n";
    Tu.Files["b.h"] = "#ifndef B_H\n#define B_H\n" + B + "\n#endif\n";
  }

  void make() {
    PreludeRequest Request{Tu.request("prelude.c"),
                           {"/kernel/a.h", "/kernel/b.h"}};
    auto Made = buildPrelude(Request, Tu.fileSystem());
    ASSERT_TRUE(static_cast<bool>(Made)) << llvm::toString(Made.takeError());
    Shared = std::move(*Made);
    ExtractRequest Unit = Tu.request();
    Unit.With = Shared;
    auto Extracted = extractUnit(Unit, &Tu.Headers, Tu.fileSystem());
    ASSERT_TRUE(static_cast<bool>(Extracted));
    Refused = Extracted->Refused;
    if (Refused) {
      Unit.With = nullptr;
      Extracted = extractUnit(Unit, &Tu.Headers, Tu.fileSystem());
      ASSERT_TRUE(static_cast<bool>(Extracted));
    }
    Result = std::move(*Extracted);
  }

  /// Facts of the unit and its header functions, keys made canonical.
  static std::string printed(ExtractResult Result, const TestHeaders &Known) {
    std::vector<TuFacts> Units;
    Units.push_back(std::move(Result.Facts));
    std::vector<HeaderFacts> Headers;
    for (const auto &[Key, Facts] : Known.Known)
      Headers.push_back(Facts);
    canonicaliseHeaders(Units, Headers);
    std::string Text;
    llvm::raw_string_ostream Stream(Text);
    printFacts(Units.front(), Stream);
    for (const HeaderFacts &Header : Headers)
      printFacts(Header, Stream);
    return Text;
  }

  /// Made, and equal to a plain parse. Why it was refused; empty if used.
  std::string check() {
    make();
    TestTu Plain = Tu;
    Plain.Headers = TestHeaders();
    ExtractResult PlainResult = Plain.extract();
    EXPECT_EQ(printed(Result, Tu.Headers),
              printed(std::move(PlainResult), Plain.Headers));
    return Refused ? Refused.text() : "";
  }
};

TEST(ExtractPrelude, FactsAreThoseOfAPlainParse) {
  WithPrelude P("#include \"a.h\"\n#include \"b.h\"\n"
                "int f(void) { return twice(TWO) + level; }",
                "#define TWO 2\nstatic int level = 7;\n"
                "asm(\".globl in_a\");",
                "static inline int twice(int n) { return n * TWO; }");
  EXPECT_EQ(P.check(), "");
  EXPECT_THAT(P.Result.PreludeFiles, ElementsAre("/kernel/a.h", "/kernel/b.h"));
  EXPECT_EQ(P.Result.Counts.HeaderBodiesExtracted, 1u);
}

TEST(ExtractPrelude, HeadersNotAskedForLeaveNothing) {
  WithPrelude P("#include \"a.h\"\nint f(void) { return one(); }",
                "static inline int one(void) { return 1; }",
                "static int level = 7;\nvoid f2(void) {}\nasm(\"nop\");");
  EXPECT_EQ(P.check(), "");
  EXPECT_THAT(P.Result.PreludeFiles, ElementsAre("/kernel/a.h"));
}

TEST(ExtractPrelude, AnotherMacroBeforeTheHeaderIsAPlainParse) {
  WithPrelude P("#define DEBUG 1\n#include \"a.h\"\n"
                "int f(void) { return one(); }",
                "#ifdef DEBUG\n#define ONE 11\n#else\n#define ONE 1\n#endif\n"
                "static inline int one(void) { return ONE; }",
                "");
  EXPECT_THAT(P.check(), HasSubstr("DEBUG"));
}

TEST(ExtractPrelude, AMacroOfAnotherHeaderIsHidden) {
  WithPrelude P("#include \"a.h\"\n#ifdef FROM_B\nint bad;\n#endif\n"
                "#include \"b.h\"\n#ifdef FROM_B\nint good;\n#endif\n",
                "", "#define FROM_B 1");
  EXPECT_EQ(P.check(), "");
  EXPECT_EQ(P.Shared->hiddenMacros().size(), 1u);
}

/// A header of few that redefines what a header of all defines.
TEST(ExtractPrelude, AMacroIsWhatTheHeadersAskedForMakeIt) {
  WithPrelude P("#include \"a.h\"\nint first(void) { return LEVEL; }\n"
                "#include \"b.h\"\nint second(void) { return LEVEL; }\n",
                "#define LEVEL 11", "#undef LEVEL\n#define LEVEL 22");
  EXPECT_EQ(P.check(), "");
}

TEST(ExtractPrelude, AMacroThatAHeaderTakesAwayIsThereForOthers) {
  WithPrelude P("#include \"a.h\"\nint first(void) { return LEVEL; }\n"
                "#include \"b.h\"\n#ifdef LEVEL\nint bad;\n#endif\n",
                "#define LEVEL 11", "#undef LEVEL");
  EXPECT_EQ(P.check(), "");
}

TEST(ExtractPrelude, AMacroOfTheUnitsOwnStaysAsItIs) {
  WithPrelude P("#include \"a.h\"\nint first(void) { return LEVEL; }\n"
                "#undef LEVEL\n#define LEVEL 33\n#include \"b.h\"\n"
                "int second(void) { return LEVEL; }\n",
                "#define LEVEL 11", "#ifndef LEVEL\n#define LEVEL 22\n#endif");
  EXPECT_EQ(P.check(), "");
}

TEST(ExtractPrelude, TheNameOfTheUnitInStringsDoesNotMatter) {
  WithPrelude P("#define fmt(x) MOD \": \" x\n#include \"a.h\"\n"
                "void f(void) { hello(); print(fmt(\"f\")); }",
                "#ifndef fmt\n#define fmt(x) x\n#endif\n"
                "void print(const char *);\n"
                "static inline void hello(void) { print(fmt(\"hello\")); }",
                "");
  P.Tu.Arguments.push_back("-DMOD=\"unit\"");
  EXPECT_EQ(P.check(), "");
}

TEST(ExtractPrelude, AnErrorUnderThePreludeIsAPlainParse) {
  WithPrelude P("#include \"a.h\"\nstatic int name(void) { return 1; }\n"
                "int f(void) { return name(); }",
                "", "extern long name;");
  EXPECT_THAT(P.check(), HasSubstr("name"));
}

TEST(ExtractPrelude, AHeaderThatDoesNotParseIsLeftOut) {
  WithPrelude P("#include \"b.h\"\nint f(void) { return two(); }",
                "struct unknown broken;\n#error \"not alone\"",
                "static inline int two(void) { return 2; }");
  EXPECT_EQ(P.check(), "");
  ASSERT_EQ(P.Shared->parts().LeftOut.size(), 1u);
  EXPECT_EQ(P.Shared->parts().LeftOut[0].first, "/kernel/a.h");
}

/// Counts how often files are opened.
class CountingFiles : public llvm::vfs::ProxyFileSystem {
public:
  using ProxyFileSystem::ProxyFileSystem;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
  openFileForRead(const llvm::Twine &Path) override {
    ++Opened[Path.str()];
    return ProxyFileSystem::openFileForRead(Path);
  }
  std::map<std::string, unsigned> Opened;
};

/// Twenty headers that read one with an error, and \p Good ones that do not.
PreludeRequest brokenCore(TestTu &Tu, int Good) {
  PreludeRequest Request{Tu.request("prelude.c"), {}};
  for (int I = 0; I != Good; ++I) {
    std::string Name = "good" + std::to_string(I) + ".h";
    Tu.Files[Name] = "extern int good;\n";
    Request.Headers.push_back("/kernel/" + Name);
  }
  Tu.Files["core.h"] = "#ifndef CORE_H\n#define CORE_H\nint int x;\n#endif\n";
  Tu.Files["via.h"] = "#include \"core.h\"\n";
  for (int I = 0; I != 20; ++I) {
    std::string Name = "user" + std::to_string(I) + ".h";
    Tu.Files[Name] = "#ifndef U\n#include \"via.h\"\n#endif\n";
    Request.Headers.push_back("/kernel/" + Name);
  }
  return Request;
}

TEST(ExtractPrelude, AFileThatIsBrokenForManyTakesThemAlongAtOnce) {
  TestTu Tu("");
  PreludeRequest Request = brokenCore(Tu, /*Good=*/100);
  auto Files = llvm::makeIntrusiveRefCnt<CountingFiles>(Tu.fileSystem());
  auto Made = buildPrelude(Request, Files);
  ASSERT_TRUE(static_cast<bool>(Made)) << llvm::toString(Made.takeError());
  EXPECT_EQ((*Made)->parts().LeftOut.size(), 20u);
  EXPECT_EQ((*Made)->table().Files.size(), 100u) << "the good ones";
  EXPECT_EQ(Files->Opened["/kernel/good0.h"], 3u)
      << "one culprit, then all that read the same file, then none";
}

TEST(ExtractPrelude, WhatIsBrokenForMostIsNoPrelude) {
  TestTu Tu("");
  PreludeRequest Request = brokenCore(Tu, /*Good=*/10);
  auto Files = llvm::makeIntrusiveRefCnt<CountingFiles>(Tu.fileSystem());
  auto Made = buildPrelude(Request, Files);
  ASSERT_FALSE(static_cast<bool>(Made));
  EXPECT_THAT(llvm::toString(Made.takeError()), HasSubstr("'int'"));
  EXPECT_EQ(Files->Opened["/kernel/good0.h"], 2u);
}

TEST(ExtractPrelude, CountersAreThoseOfTheirPlace) {
  WithPrelude P("#include \"a.h\"\nADDRESSABLE(f)\nvoid f(void) {}",
                "#define PASTE_(a, b) a##b\n#define PASTE(a, b) PASTE_(a, b)\n"
                "void f(void);\n#define ADDRESSABLE(f) static void *PASTE("
                "PASTE(addr_, f), __COUNTER__) = f; "
                "asm(\".globl \" \"x\");",
                "enum { unused = __COUNTER__ };");
  EXPECT_EQ(P.check(), "");
}

/// A body of `b.h` reads WIDTH, which the prelude has from `a.h` and the unit
/// as something else.
struct OtherWidth : WithPrelude {
  explicit OtherWidth(std::string Code)
      : WithPrelude("enum { WIDTH = 4 };\n#include \"b.h\"\n" + Code,
                    "#define WIDTH 8",
                    "static inline int width(void) { return WIDTH; }\n"
                    "static inline int twice(void) { return 2 * width(); }\n"
                    "static inline int one(void) { return 1; }") {}
};

TEST(ExtractPrelude, ABodyThatReadsAnotherMacroIsNothingToOthers) {
  OtherWidth P("int f(void) { return one(); }");
  EXPECT_EQ(P.check(), "");
}

TEST(ExtractPrelude, WhoCallsABodyThatReadsAnotherMacroIsRefused) {
  OtherWidth P("int f(void) { return twice(); }");
  EXPECT_EQ(P.check(), "another 'WIDTH' for the body of 'width'");
}

TEST(ExtractPrelude, AConditionInABodyIsNotItsOwn) {
  WithPrelude P("#include \"b.h\"\nint f(void) { return one() + SEEN; }",
                "#define WIDTH 8",
                "static inline int width(void) {\n#if WIDTH > 4\n"
                "#define SEEN 1\n#else\n#define SEEN 2\n#endif\n"
                "return 8; }\nstatic inline int one(void) { return 1; }");
  EXPECT_THAT(P.check(), HasSubstr("WIDTH"));
}

/// Trace events name their system before a guard that lets them be read again.
TEST(ExtractPrelude, AHeaderWithAHalfGuardIsReadOnce) {
  WithPrelude P("#include \"a.h\"\n#include \"trace.h\"\n"
                "int f(void) { return event(); }",
                "#include \"trace.h\"", "#include \"trace.h\"");
  P.Tu.Files["trace.h"] =
      "#undef SYSTEM\n#define SYSTEM one\n"
      "#if !defined(TRACE_H) || defined(AGAIN)\n#define TRACE_H\n"
      "static inline int event(void) { return 1; }\n#endif\n"
      "#undef SYSTEM\n";
  EXPECT_EQ(P.check(), "");
}

TEST(ExtractPrelude, OnlyTheCulpritIsLeftOut) {
  WithPrelude P(
      "#include \"b.h\"\nint f(void) { return two(); }",
      "typedef int number;\n#include <missing.h>",
      "#include \"c.h\"\nstatic inline number two(void) { return 2; }");
  P.Tu.Files["c.h"] = "#ifndef C_H\n#define C_H\ntypedef int number;\n#endif\n";
  EXPECT_EQ(P.check(), "");
  ASSERT_EQ(P.Shared->parts().LeftOut.size(), 1u);
  EXPECT_EQ(P.Shared->parts().LeftOut[0].first, "/kernel/a.h");
}

} // namespace
