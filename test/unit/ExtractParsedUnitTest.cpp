#include "TestTu.h"
#include "extract/ParsedUnit.h"
#include "model/FactsPrinter.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "gtest/gtest.h"

using namespace bootorder;

/// \p Code as clang-tidy would have it.
static std::unique_ptr<clang::ASTUnit> parse(llvm::StringRef Code) {
  return clang::tooling::buildASTFromCodeWithArgs(
      Code, {"--target=x86_64-linux-gnu", "-std=gnu11", "-I."},
      "/kernel/test.c");
}

static std::string print(const FactsModule &Module) {
  std::string Text;
  llvm::raw_string_ostream Stream(Text);
  printFacts(Module, Stream);
  return Text;
}

TEST(ExtractParsedUnit, LowersWhatTheExtractorDoes) {
  const char Code[] = R"(
    #define TWICE(X) ((X) * 2)
    struct ops { void (*go)(int); };
    static void run(int Flags) { extern int State; State = TWICE(Flags); }
    struct ops Ops = { .go = run };
    void start(struct ops *O) { if (O->go) O->go(4); else run(2); }
    asm(".globl start");
  )";
  auto Ast = parse(Code);
  ASSERT_TRUE(Ast);
  ParsedUnit Parsed =
      lowerParsedUnit(Ast->getASTContext(), "/kernel", "/kernel");
  EXPECT_EQ(Parsed.Facts.Source, "test.c");
  EXPECT_TRUE(Parsed.Headers.empty());
  EXPECT_EQ(print(Parsed.Facts.Module), TestTu(Code).printed());
}

TEST(ExtractParsedUnit, KeepsTheHeaderFunctionsThatAreUsed) {
  TestTu Tu("#include \"a.h\"\nvoid start(void) { used(); }\n");
  const char Header[] = "void end(void);\n"
                        "static inline void inner(void) { end(); }\n"
                        "static inline void used(void) { inner(); }\n"
                        "static inline void other(void) { end(); }\n";
  auto Ast = clang::tooling::buildASTFromCodeWithArgs(
      Tu.Files["test.c"], {"-std=gnu11"}, "/kernel/test.c", "clang-tool",
      std::make_shared<clang::PCHContainerOperations>(),
      clang::tooling::getClangStripDependencyFileAdjuster(),
      {{"/kernel/a.h", Header}});
  ASSERT_TRUE(Ast);
  ParsedUnit Parsed =
      lowerParsedUnit(Ast->getASTContext(), "/kernel", "/kernel");
  ASSERT_EQ(Parsed.Headers.size(), 2u);
  ASSERT_EQ(Parsed.Facts.HeaderKeys.size(), 1u);
  EXPECT_EQ(Parsed.Facts.Module.Functions.size(), 1u);
  EXPECT_NE(print(Parsed.Headers[0].Module).find("end"), std::string::npos);
  EXPECT_LT(Parsed.Headers[0].Key, Parsed.Headers[1].Key);
}

TEST(ExtractParsedUnit, EvaluatesConstantsAsTheExtractorDoes) {
  TestTu Tu("#define LOCAL 1\n");
  Tu.Files["linux/flags.h"] = R"(
    typedef unsigned gfp_t;
    struct pair { int a, b; };
    enum { WAIT_BIT = 4, STATE_RUNNING = 7 };
    #define WAIT ((__attribute__((unused)) gfp_t)(1UL << WAIT_BIT))
    #define LESS ((WAIT | 0x20u) & ~(gfp_t)0x10)
    #define CHOSEN (WAIT > 3 ? sizeof(struct pair) : OPTION)
    #define OPTED (OPTION == 5)
    #define TEXT "text"
    #define CALL(X) X
    #define NOTHING
    #define ADDRESS (&later)
    #define ZERO_DIVIDE (1 / 0)
    int later;
  )";
  std::vector<NamedConstant> Names;
  for (const char *Name :
       {"WAIT", "LESS", "CHOSEN", "OPTED", "STATE_RUNNING", "TEXT", "CALL",
        "NOTHING", "ADDRESS", "ZERO_DIVIDE", "MISSING", "later", "LOCAL"})
    Names.push_back({Name, "linux/flags.h"});
  std::vector<std::string> Options = {"--target=x86_64-linux-gnu", "-std=gnu11",
                                      "-DOPTION=5", "-I/kernel"};
  // Read anew for the constants, so they have to stay.
  clang::tooling::FileContentMappings Headers = {
      {"/kernel/linux/flags.h", Tu.Files["linux/flags.h"]}};
  auto Ast = clang::tooling::buildASTFromCodeWithArgs(
      Tu.Files["test.c"], Options, "/kernel/test.c", "clang-tool",
      std::make_shared<clang::PCHContainerOperations>(),
      clang::tooling::getClangSyntaxOnlyAdjuster(), Headers);
  ASSERT_TRUE(Ast);
  auto Values = evaluateConstantsLike(Ast->getPreprocessor(), "/kernel", Names);
  ASSERT_TRUE(static_cast<bool>(Values)) << llvm::toString(Values.takeError());
  EXPECT_EQ(*Values, (ConstantList{{"WAIT", 0x10},
                                   {"LESS", 0x20},
                                   {"CHOSEN", 8},
                                   {"OPTED", 1},
                                   {"STATE_RUNNING", 7}}));
  Tu.Arguments = Options;
  auto Extracted = evaluateConstants(Tu.request(), Names, Tu.fileSystem());
  ASSERT_TRUE(static_cast<bool>(Extracted));
  EXPECT_EQ(*Values, *Extracted);
}
