#include "TestTu.h"
#include "gmock/gmock.h"
#include <set>

using namespace bootorder;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

namespace {

TEST(ExtractUnit, ObjectsKeepWhatIsNotZero) {
  std::string Text = TestTu(R"(
    struct inner { int level; void (*fn)(void); };
    struct outer { int zero; struct inner in; const char *name; };
    static void hook(void) {}
    static struct outer table[2] __attribute__((section(".x.desc"), used)) = {
      [1] = { .in = { .level = 7, .fn = hook }, .name = "mach" } };
    int tentative;
  )")
                         .printed();
  EXPECT_THAT(Text, AllOf(HasSubstr(".x.desc"), HasSubstr("[1].in.level = 7"),
                          HasSubstr("[1].in.fn = &hook"), HasSubstr("\"mach\""),
                          HasSubstr("object tentative")));
  EXPECT_THAT(Text, Not(HasSubstr("zero = ")));
}

TEST(ExtractUnit, AVariableInARegisterIsNoObject) {
  std::string Text = TestTu(R"(
    register unsigned long current_stack_pointer asm("rsp");
    unsigned long stack(void) { return current_stack_pointer; }
  )")
                         .printed();
  EXPECT_THAT(Text, HasSubstr("\nextern object rsp\n"));
}

TEST(ExtractUnit, AChoiceBetweenEqualValuesIsThatValue) {
  std::string Text = TestTu(R"(
    typedef int (*init_fn)(int);
    struct match { const void *data, *other; };
    extern int set_up(int), spare(int);
    static const struct match entry __attribute__((used)) = {
      .data = (set_up == (init_fn)0) ? set_up : set_up,
      .other = (set_up == (init_fn)0) ? set_up : spare };
    int twice(int a, int b) { return a ? b + 1 : b + 1; }
  )")
                         .printed();
  EXPECT_THAT(Text, AllOf(HasSubstr(".data = &set_up\n"),
                          HasSubstr("? &set_up : &spare"),
                          HasSubstr("return p1 + 1")));
}

TEST(ExtractUnit, FieldsThatShareStorageSayIt) {
  ExtractResult Result = TestTu(R"(
    struct own { int plain; };
    struct outer {
      int before;
      union {
        int direct;
        struct { int nested; struct own named; };
        struct { int behind; } part;
      };
    };
    union whole { int half; };
    int f(struct outer *o, union whole *w) {
      return o->before + o->direct + o->nested + o->named.plain +
             o->part.behind + w->half;
    }
  )")
                             .extract();
  const FactsModule &Module = Result.Facts.Module;
  std::vector<std::string> Shared, Own;
  for (const Field &F : Module.Fields)
    (F.IsInUnion ? Shared : Own).push_back(Module.str(F.Name).str());
  EXPECT_THAT(Shared, UnorderedElementsAre("direct", "nested", "named",
                                           "behind", "part", "half"));
  EXPECT_THAT(Own, UnorderedElementsAre("before", "plain"));
}

TEST(ExtractUnit, FileScopeAsmRegistersFunctions) {
  EXPECT_THAT(TestTu(R"(
    static int my_init(void) { return 0; }
    asm(".section \".initcall6.init\", \"a\"\n"
        "__initcall_my_init:\n\t.long my_init - .\n.previous");
  )")
                  .printed(),
              AllOf(HasSubstr("data my_init in .initcall6.init"),
                    HasSubstr("define __initcall_my_init")));
}

TEST(ExtractUnit, CountersDoNotEnterNames) {
  TestTu Tu(R"(
    #define PASTE_(a, b) a##b
    #define PASTE(a, b) PASTE_(a, b)
    #define ADDRESSABLE(f) static void *PASTE(PASTE(addr_, f), __COUNTER__) = f
    extern void g(void);
    ADDRESSABLE(g);
  )");
  std::string Before = Tu.printed();
  EXPECT_THAT(Before, HasSubstr("addr_g#"));
  Tu.Files["test.c"].insert(0, "enum { unused = __COUNTER__ };");
  EXPECT_THAT(Tu.printed(), HasSubstr("addr_g#"));
}

TEST(ExtractUnit, DigitsOfANameAreNoCounter) {
  EXPECT_THAT(TestTu(R"(
    #define TRACE(name) enum { n##name = __COUNTER__ }; void check_##name(void) {}
    enum { zero = __COUNTER__ };
    TRACE(i1_gem)
  )")
                  .printed(),
              HasSubstr("function check_i1_gem"));
}

TEST(ExtractUnit, AliasesAndWeakNames) {
  EXPECT_THAT(TestTu(R"(
    void real(void) {}
    void other(void) __attribute__((alias("real")));
    void __attribute__((weak)) arch_hook(void) {}
  )")
                  .printed(),
              AllOf(HasSubstr("alias other = real"), HasSubstr("weak")));
}

TEST(ExtractUnit, OnlyExternInlineIsForInliningOnly) {
  std::string Text = TestTu(R"(
    #define inline inline __attribute__((gnu_inline))
    extern inline int spare(void) { return 1; }
    void declared(void);
    inline void declared(void) {}
    inline void alone(void) {}
    static inline void own(void) {}
  )")
                         .printed();
  for (const char *Name : {"declared", "alone", "own"}) {
    std::string Line = Text.substr(Text.find(std::string("function ") + Name));
    EXPECT_THAT(Line.substr(0, Line.find('\n')), Not(HasSubstr("gnu inline")))
        << Name;
  }
  std::string Spare = Text.substr(Text.find("function spare"));
  EXPECT_THAT(Spare.substr(0, Spare.find('\n')), HasSubstr("gnu inline"));
}

TestTu unitWithHeader(llvm::StringRef Before) {
  TestTu Tu(
      (Before + "\n#include \"lib.h\"\nvoid f(void) { helper(); }").str());
  Tu.Files["lib.h"] =
      "static inline int helper(void) {\n"
      "#ifdef DEBUG\n  if (1) {\n#else\n  if (LEVEL) {\n#endif\n"
      "    return 1; }\n  return 0; }\n"
      "static inline int after(void) { return 2; }\n";
  return Tu;
}

TEST(ExtractHeader, BodiesAreParsedOnce) {
  TestTu First = unitWithHeader("#define LEVEL 1");
  EXPECT_EQ(First.extract().Counts.HeaderBodiesExtracted, 1u)
      << "nothing names after()";
  TestTu Second = unitWithHeader("#define LEVEL 1\nint more;");
  Second.Headers = First.Headers;
  ExtractResult Result = Second.extract();
  EXPECT_EQ(Result.Counts.HeaderBodiesExtracted, 0u);
  EXPECT_EQ(Result.Counts.HeaderBodiesSkipped, 1u);
  EXPECT_EQ(Result.Facts.HeaderKeys.size(), 1u) << "only helper() is used";
}

TEST(ExtractHeader, AnotherMacroIsAnotherFunction) {
  TestTu First = unitWithHeader("#define LEVEL 1");
  First.extract();
  TestTu Second = unitWithHeader("#define ONE 1\n#define LEVEL ONE");
  Second.Headers = First.Headers;
  EXPECT_EQ(Second.extract().Counts.HeaderBodiesExtracted, 1u)
      << "helper() differs, after() does not";
}

TEST(ExtractHeader, BodiesAreParsedIfSomethingNamesThem) {
  TestTu Tu("#include \"lib.h\"\nint f(void) { return outer(1); }\n"
            "static int late(int x) { return x + 1; }\n"
            "#define helper other\n");
  Tu.Files["lib.h"] =
      "static int late(int x);\n"
      "struct ops { int (*run)(int); };\n"
      "static inline int unused(int x) { return undeclared(x); }\n"
      "static inline int hook(int x) { return __builtin_ffs(x); }\n"
      "static inline int helper(int x) {\n"
      "  static struct ops table = {.run = hook};\n"
      "  for (;;) { if (x) goto out; }\nout:\n"
      "  return ({ int y = table.run(x); y; });\n}\n"
      "static inline int outer(int x) { return helper(x) + late(x); }\n";
  EXPECT_EQ(Tu.extract().Counts.HeaderBodiesExtracted, 3u)
      << "hook(), helper(), outer()";
  std::string Text = Tu.printedHeaders();
  EXPECT_THAT(Text,
              AllOf(HasSubstr("function hook"), HasSubstr("function helper"),
                    HasSubstr("function outer")));
  EXPECT_THAT(Text, Not(HasSubstr("unused")));
}

TEST(ExtractHeader, DeferredBodiesReadAsWhereTheyStand) {
  TestTu Tu("#define WIDTH 1\n#include \"lib.h\"\n#undef WIDTH\n"
            "#define WIDTH 2\nint f(void) { return width(); }\n"
            "enum { LATER };\n");
  Tu.Files["lib.h"] = "static inline int width(void) {\n"
                      "#if WIDTH == 1\n  return WIDTH + 40;\n"
                      "#else\n  return 7;\n#endif\n}\n";
  Tu.extract();
  EXPECT_THAT(Tu.printedHeaders(), HasSubstr("return 41"));
}

TEST(ExtractHeader, ALateBodyReadsTheMacrosOfItsPlace) {
  TestTu Tu("#define WIDTH 1\n#include \"lib.h\"\n#undef WIDTH\n"
            "#define WIDTH 2\n#define name other\n"
            "int f(void) { return width() + height() + made(); }\n");
  Tu.Files["lib.h"] =
      "int name(int x);\n"
      "#define HALF (WIDTH + 40)\n"
      "#define MAKE(f) static inline int f(void) { return WIDTH + 60; }\n"
      "static inline int width(void) { return HALF; }\n"
      "static inline int height(void) { return name(5); }\n"
      "MAKE(made)\n";
  ExtractResult Result = Tu.extract();
  EXPECT_TRUE(Result.Facts.Notes.empty());
  EXPECT_THAT(Tu.printedHeaders(),
              AllOf(HasSubstr("HALF=0x29"), HasSubstr("call name(5)"),
                    HasSubstr("return 61")));
}

TEST(ExtractHeader, BracesThatMacrosBringAreFollowed) {
  TestTu Tu("#include \"lib.h\"\nint f(void) { return one() + two(); }\n");
  Tu.Files["lib.h"] = "#define BEGIN if (1) {\n#define END }\n"
                      "#define OUTER BEGIN return 3;\n"
                      "static inline int unused(void) { BEGIN return 5; } }\n"
                      "static inline int one(void) { OUTER END return 1; }\n"
                      "static inline int two(void) { return 2; }\n";
  ExtractResult Result = Tu.extract();
  EXPECT_TRUE(Result.Facts.Notes.empty());
  EXPECT_EQ(Result.Counts.HeaderBodiesExtracted, 2u);
  EXPECT_THAT(Tu.printedHeaders(),
              AllOf(HasSubstr("return 3"), HasSubstr("return 2")));
}

TEST(ExtractHeader, AMacroIsNotReplacedInItsOwnText) {
  TestTu Tu("#include \"lib.h\"\nint f(void) { return get(); }\n");
  Tu.Files["lib.h"] =
      "int get_two(void);\n"
      "#define AGAIN GET\n"
      "#define GET int GET_TWO; static inline int get(void) "
      "{ int GET = 7; return AGAIN; }\n"
      "GET\n";
  ExtractResult Result = Tu.extract();
  EXPECT_TRUE(Result.Facts.Notes.empty());
  EXPECT_EQ(Result.Counts.HeaderBodiesExtracted, 1u);
}

TEST(ExtractHeader, CountersDoNotTellWhichOtherBodiesWereRead) {
  const char *Header =
      "#define ID2(a, b) a##b\n#define ID1(a, b) ID2(a, b)\n"
      "#define BOTH static inline int a(void) { return __COUNTER__ & 1023; } "
      "static inline int b(void) { return __COUNTER__ & 1023; }\nBOTH\n";
  TestTu First("#include \"lib.h\"\nint f(void) { return b(); }\n");
  TestTu Second("#include \"lib.h\"\nint f(void) { return a() + b(); }\n");
  First.Files["lib.h"] = Second.Files["lib.h"] = Header;
  First.extract();
  Second.extract();
  std::string One = First.printedHeaders();
  EXPECT_THAT(Second.printedHeaders(),
              HasSubstr(One.substr(One.find("function b"))));
}

TEST(ExtractHeader, TheBoundThatAUnitGivesAnArrayDoesNotMatter) {
  const char *Header = "extern const char *const names[];\n"
                       "static inline const char *name(int i)"
                       " { return names[i]; }\n";
  TestTu User("#include \"lib.h\"\nconst char *f(void) { return name(1); }\n");
  TestTu Owner("#include \"lib.h\"\nconst char *g(void) { return name(0); }\n"
               "const char *const names[] = {\"a\", \"b\"};\n");
  User.Files["lib.h"] = Owner.Files["lib.h"] = Header;
  User.extract();
  Owner.extract();
  EXPECT_EQ(User.printedHeaders(), Owner.printedHeaders());
  EXPECT_THAT(User.printedHeaders(), HasSubstr("function name"));
}

TEST(ExtractHeader, UnitNameStringsDoNotMatter) {
  const char *Header = "static inline const char *who(void) { return MOD; }";
  TestTu First("#include \"who.h\"\nconst char *a(void) { return who(); }");
  First.Files["who.h"] = Header;
  First.Arguments.push_back("-DMOD=\"one\"");
  First.extract();
  TestTu Second("#include \"who.h\"\nconst char *b(void) { return who(); }");
  Second.Files["who.h"] = Header;
  Second.Arguments.push_back("-DMOD=\"two\"");
  Second.Headers = First.Headers;
  EXPECT_EQ(Second.extract().Counts.HeaderBodiesExtracted, 0u);
}

TEST(ExtractHeader, MacroMadeFunctionsAreKeyedByTheirArguments) {
  TestTu Tu("#include \"gen.h\"\nint use(void) { return get_a() + get_b(); }");
  Tu.Files["gen.h"] = "#define GET(n, v) static inline int get_##n(void) "
                      "{ return v; }\nGET(a, 1)\nGET(b, 2)\n";
  EXPECT_EQ(Tu.extract().Counts.HeaderBodiesExtracted, 2u);
  EXPECT_THAT(Tu.printedHeaders(),
              AllOf(HasSubstr("return 1"), HasSubstr("return 2")));
}

TEST(ExtractHeader, ExternInlineIsSharedAndInlineAloneIsTheUnits) {
  TestTu Tu("#include \"lib.h\"\nint use(void) { return a() + b(); }");
  Tu.Files["lib.h"] = "#define GNU __attribute__((gnu_inline))\n"
                      "extern inline GNU int a(void) { return 1; }\n"
                      "inline GNU int b(void) { return 2; }\n";
  ExtractResult Result = Tu.extract();
  EXPECT_EQ(Result.Counts.HeaderBodiesExtracted, 1u);
  EXPECT_EQ(Result.Facts.Module.Functions.size(), 2u) << "use() and b()";
  ASSERT_EQ(Tu.Headers.Known.size(), 1u);
  const FactsModule &A = Tu.Headers.Known.begin()->second.Module;
  ASSERT_EQ(A.Functions.size(), 1u);
  EXPECT_EQ(A[A.Functions[0].Symbol].Linkage, LinkageKind::Header);
  EXPECT_FALSE(A[A.Functions[0].Symbol].IsGnuInline);
}

/// Another worker publishes each function while this one parses it.
class OvertakenHeaders : public HeaderRegistry {
public:
  bool isKnown(uint64_t Key) const override {
    return !Asked.insert(Key).second;
  }
  void publish(HeaderFacts) override {}

private:
  mutable std::set<uint64_t> Asked;
};

TEST(ExtractUnit, AnErrorInABodyThatOthersPublishedIsNotTheUnits) {
  TestTu Tu("#include \"a.h\"\nint f(void) { return 1; }");
  Tu.Files["a.h"] = "static inline int bad(void) { return unknown; }";
  OvertakenHeaders Headers;
  auto Result = extractUnit(Tu.request(), &Headers, Tu.fileSystem());
  ASSERT_TRUE(static_cast<bool>(Result));
  EXPECT_TRUE(Result->Facts.Notes.empty());
}

TEST(ExtractUnit, ErrorsThatClangRecoversFromAreNotes) {
  TestTu Tu("int ok(void) { return 1; } int bad(void) { return undeclared; }");
  auto Result = extractUnit(Tu.request(), nullptr, Tu.fileSystem());
  ASSERT_TRUE(static_cast<bool>(Result));
  ASSERT_EQ(Result->Facts.Notes.size(), 1u);
  EXPECT_EQ(Result->Facts.Notes[0].File, "test.c");
  EXPECT_GE(Result->Facts.Module.Functions.size(), 1u);
}

TEST(ExtractUnit, AMissingHeaderLosesTheUnit) {
  TestTu Tu("#include \"absent.h\"\n");
  auto Result = extractUnit(Tu.request(), nullptr, Tu.fileSystem());
  ASSERT_FALSE(static_cast<bool>(Result));
  EXPECT_THAT(llvm::toString(Result.takeError()),
              AllOf(HasSubstr("test.c:1:10"), HasSubstr("absent.h")));
}

TEST(ExtractUnit, AssemblyFilesNameTheirCallees) {
  TestTu Tu("");
  Tu.Files["head.S"] = "#define ENTRY(x) .globl x; x:\nENTRY(start)\n"
                       "\tcall start_c\n\tret\n";
  ExtractRequest Request = Tu.request("head.S");
  Request.Kind = UnitKind::Assembly;
  auto Result = extractUnit(Request, nullptr, Tu.fileSystem());
  ASSERT_TRUE(static_cast<bool>(Result));
  const FactsModule &Module = Result->Facts.Module;
  ASSERT_EQ(Module.Asms.size(), 1u);
  bool HasCall = false;
  for (const AsmItem &Item : Module.Asms[0].Items)
    HasCall |=
        Item.Kind == AsmItemKind::Call && Module.str(Item.Name) == "start_c";
  EXPECT_TRUE(HasCall);
}

TEST(ExtractConstants, MacrosAndEnumeratorsOfTheTree) {
  TestTu Tu("");
  Tu.Files["linux/gfp.h"] =
      "enum { BIT_ = 4 };\n#define __GFP_WAIT "
      "((unsigned)(1u << BIT_))\nenum state { RUNNING = 7 };";
  auto Values = evaluateConstants(Tu.request(),
                                  {{"__GFP_WAIT", "linux/gfp.h"},
                                   {"ABSENT", "linux/none.h"},
                                   {"RUNNING", ""}},
                                  Tu.fileSystem());
  ASSERT_TRUE(static_cast<bool>(Values));
  ASSERT_EQ(Values->size(), 2u);
  EXPECT_EQ((*Values)[0], (std::pair<std::string, int64_t>("__GFP_WAIT", 16)));
  EXPECT_EQ((*Values)[1], (std::pair<std::string, int64_t>("RUNNING", 7)));
}

} // namespace
