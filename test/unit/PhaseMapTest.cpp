#include "TestBoot.h"
#include "solve/MakePhaseMap.h"
#include "solve/MapValues.h"
#include "store/PhaseMapFile.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace bootorder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// What is found in b.c, which reads \p Code by now, with the map of \p Whole.
static std::vector<Finding> judge(TestBoot &Whole, llvm::StringRef Code) {
  PhaseMap Made = makePhaseMap(Whole.link(), Whole.Rules, Whole.Options);
  llvm::Expected<PhaseMapFile> File = PhaseMapFile::read(
      llvm::MemoryBuffer::getMemBufferCopy(encodePhaseMap(Made)), "map");
  if (!File) {
    ADD_FAILURE() << llvm::toString(File.takeError());
    return {};
  }
  PhaseMap Map = llvm::cantFail(File->mapFor({"b.c"}));
  TestTu Tu("");
  Tu.Files["b.c"] = (llvm::Twine(TestBoot::Frame) + Code).str();
  TestHeaders Headers;
  ExtractResult Unit =
      llvm::cantFail(extractUnit(Tu.request("b.c"), &Headers, Tu.fileSystem()));
  Program P = link({{&Unit.Facts, ""}, {&Map.Shared, ""}}, {}, Whole.Rules);
  SolveOptions Options = Whole.Options;
  Options.Map = &Map;
  return solve(P, Whole.Rules, Options).Findings;
}

static std::vector<std::string> inWords(const std::vector<Finding> &Findings) {
  std::vector<std::string> Words;
  for (const Finding &F : Findings)
    Words.push_back(F.Function + ": " + F.Sink +
                    (F.HasValue && !F.Value.IsKnown ? "?" : "") +
                    (F.Class == FindingClass::Masked ? " masked" : ""));
  return Words;
}

static std::string chainOf(const Finding &F) {
  std::string Chain;
  for (const WitnessFrame &Frame : F.Path)
    Chain += Frame.Function + " ";
  return Chain + F.Path.back().Callee;
}

TEST(PhaseMap, EntersAFunctionAsOtherUnitsDo) {
  TestBoot Whole("void setup(gfp_t), later(gfp_t);\n"
                 "static void inner(void) { setup(WAIT); }\n"
                 "void first(void) { inner(); }\n"
                 "void ready(void) {}\n"
                 "void start(void) { first(); ready(); later(WAIT); }\n");
  Whole.unit("b.c", "void use(gfp_t);\n"
                    "void setup(gfp_t f) { use(f); }\n"
                    "void later(gfp_t f) {}\n");
  Whole.forbidAlloc();
  auto Findings = judge(Whole, "void setup(gfp_t f) { alloc(f); }\n"
                               "void later(gfp_t f) { alloc(f); }\n");
  ASSERT_THAT(inWords(Findings), ElementsAre("setup: alloc"));
  EXPECT_EQ(chainOf(Findings[0]), "start first inner setup alloc");
  EXPECT_EQ(Findings[0].Milestone.Function, "ready");
  EXPECT_THAT(judge(Whole, "void setup(gfp_t f) { if (f & HIGH) alloc(f); }\n"),
              IsEmpty());
}

TEST(PhaseMap, TellsWhatGlobalsHoldByThen) {
  TestBoot Whole("void early(void), late(void), turn(void);\n"
                 "void first(void) { early(); turn(); late(); }\n");
  Whole.unit("start.c", TestBoot::Start);
  Whole.unit("b.c", "void early(void) {}\nvoid late(void) {}\n");
  Whole.unit("c.c", "static int state; int level;\n"
                    "int is_up(void) { return state > 1; }\n"
                    "void turn(void) { state = 2; level = 7; }\n");
  Whole.forbidSink();
  EXPECT_THAT(
      inWords(judge(Whole, "int is_up(void);\n"
                           "void early(void) { if (is_up()) sink(); }\n"
                           "void late(void) { if (is_up()) sink(); }\n")),
      ElementsAre("late: sink"));
  EXPECT_THAT(
      inWords(judge(Whole, "extern int level;\n"
                           "void early(void) { if (level == 7) sink(); }\n"
                           "void late(void) { if (level == 0) sink(); }\n")),
      IsEmpty());
}

/// A kernel whose allocator looks at \p Mask.
static TestBoot allocator(llvm::StringRef Mask) {
  TestBoot Whole("void setup(void);\n"
                 "void first(void) { alloc(WAIT); setup(); }\n");
  Whole.unit("start.c", TestBoot::Start);
  Whole.unit("b.c", "void setup(void) {}\n");
  Whole.unit("c.c", "static gfp_t mask = " + Mask.str() +
                        ";\nvoid *alloc(gfp_t f)\n"
                        "{ if (f & mask & WAIT) enable(); return 0; }\n");
  Whole.forbidAlloc(/*MattersForEnabling=*/true);
  return Whole;
}

TEST(PhaseMap, KnowsWhatCallsComeToAndWhatHidesIt) {
  const char Code[] = "void setup(void) { alloc(WAIT); alloc(HIGH); }\n";
  TestBoot Open = allocator("~0u"), Masked = allocator("HIGH");
  EXPECT_THAT(inWords(judge(Open, Code)), ElementsAre("setup: alloc"));
  EXPECT_THAT(inWords(judge(Masked, Code)), ElementsAre("setup: alloc masked"));
}

TEST(PhaseMap, WalksSpineFunctionsAsTheyAreNow) {
  TestBoot Whole("void start(void);\n");
  Whole.unit("b.c", "static void mine(void) { sink(); }\n"
                    "void start(void) { first(); ready(); mine(); }\n");
  Whole.unit("c.c", "void first(void) {}\nvoid ready(void) {}\n");
  Whole.forbidSink();
  EXPECT_THAT(judge(Whole, "static void mine(void) { sink(); }\n"
                           "void start(void) { first(); ready(); mine(); }\n"),
              IsEmpty());
  EXPECT_THAT(
      inWords(judge(Whole, "static void mine(void) { sink(); }\n"
                           "void start(void) { first(); mine(); ready(); }\n")),
      ElementsAre("mine: sink"));
}

TEST(PhaseMap, ValuesAreToldWithoutAddresses) {
  llvm::SmallVector<int64_t, 4> Numbers = {4, -1};
  Value Set = Value::numbers(Numbers);
  EXPECT_EQ(valueOf(mapValueOf(Set)), Set);
  Value Bits = Value::bits(/*Ones=*/1, /*Zeros=*/6);
  EXPECT_EQ(valueOf(mapValueOf(Bits)), Bits);
  Value Address = Value::atom({3, Atom::AtomKind::Function});
  EXPECT_EQ(valueOf(mapValueOf(Address)), Value::nonZero());
  EXPECT_TRUE(valueOf(mapValueOf(join(Address, Value::number(0)))).isUnknown());
  EXPECT_FALSE(tellsAnything(mapValueOf(Value::unknown())));
}
