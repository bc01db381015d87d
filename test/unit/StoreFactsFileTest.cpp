#include "StoreSample.h"
#include "model/FactsCheck.h"
#include "store/FactsCodec.h"
#include "gmock/gmock.h"
#include <random>

using namespace bootorder;
using llvm::StringRef;
using testing::HasSubstr;

namespace {

std::string messageOf(llvm::Expected<FactsFile> File) {
  return File ? "no error" : llvm::toString(File.takeError());
}

std::string headersOf(std::vector<uint64_t> Keys) {
  std::vector<HeaderFacts> Headers;
  std::vector<const HeaderFacts *> Pointers;
  for (uint64_t Key : Keys)
    Headers.push_back(sampleHeader(Key));
  for (const HeaderFacts &H : Headers)
    Pointers.push_back(&H);
  return encodeHeaders(Pointers);
}

/// Walks all that later stages would: must not read out of bounds.
void use(const FactsFile &File) {
  if (File.Unit)
    everyField(*File.Unit);
  for (const HeaderFacts &H : File.Headers)
    everyField(H);
}

TEST(StoreFactsFile, SampleIsSound) {
  EXPECT_EQ(llvm::toString(checkFacts(sampleUnit())), "");
  EXPECT_EQ(llvm::toString(checkFacts(sampleHeader(1))), "");
}

TEST(StoreFactsFile, UnitComesBackWhole) {
  TuFacts Facts = sampleUnit();
  llvm::Expected<FactsFile> File = decodeFacts(encodeUnit(Facts), "a.facts");
  ASSERT_TRUE(bool(File)) << llvm::toString(File.takeError());
  ASSERT_TRUE(File->Unit.has_value());
  EXPECT_TRUE(File->Headers.empty());
  EXPECT_EQ(everyField(*File->Unit), everyField(Facts));
}

TEST(StoreFactsFile, EmptyUnitComesBack) {
  TuFacts Facts;
  llvm::Expected<FactsFile> File = decodeFacts(encodeUnit(Facts), "a.facts");
  ASSERT_TRUE(bool(File)) << llvm::toString(File.takeError());
  EXPECT_EQ(everyField(*File->Unit), everyField(Facts));
}

TEST(StoreFactsFile, HeadersComeBackWhole) {
  llvm::Expected<FactsFile> File =
      decodeFacts(headersOf({1, 2, ~uint64_t(0)}), "a.facts");
  ASSERT_TRUE(bool(File)) << llvm::toString(File.takeError());
  EXPECT_FALSE(File->Unit.has_value());
  ASSERT_EQ(File->Headers.size(), 3u);
  EXPECT_EQ(everyField(File->Headers[2]), everyField(sampleHeader(~0ull)));
}

TEST(StoreFactsFile, EqualFactsGiveEqualBytes) {
  EXPECT_EQ(encodeUnit(sampleUnit()), encodeUnit(sampleUnit()));
  llvm::Expected<FactsFile> File =
      decodeFacts(encodeUnit(sampleUnit()), "a.facts");
  ASSERT_TRUE(bool(File)) << llvm::toString(File.takeError());
  EXPECT_EQ(encodeUnit(*File->Unit), encodeUnit(sampleUnit()));
}

TEST(StoreFactsFile, ForeignFile) {
  for (StringRef Bytes : {"", "BOFACTS", "int main(void) { return 0; }\n"})
    EXPECT_EQ(messageOf(decodeFacts(Bytes, "x.c")),
              "'x.c' is no facts file; name one that 'bootorder extract' "
              "wrote");
}

TEST(StoreFactsFile, OtherVersion) {
  std::string Bytes = encodeUnit(sampleUnit());
  Bytes[8] = 99;
  EXPECT_THAT(messageOf(decodeFacts(Bytes, "a.facts")),
              HasSubstr("'a.facts' has format 99, this bootorder reads"));
}

TEST(StoreFactsFile, TruncatedAnywhere) {
  std::string Bytes = encodeUnit(sampleUnit());
  for (size_t Size = 0; Size < Bytes.size(); Size += 64)
    EXPECT_THAT(messageOf(decodeFacts(StringRef(Bytes).take_front(Size), "f")),
                testing::StartsWith("'f' is "))
        << Size;
  Bytes.pop_back();
  EXPECT_EQ(messageOf(decodeFacts(Bytes, "f")),
            "'f' is damaged; delete it and extract again");
}

/// A few bits of the packing mean nothing; flipping them changes no fact.
TEST(StoreFactsFile, EveryDamageIsNoticed) {
  const std::string Good = encodeUnit(sampleUnit());
  std::mt19937 Random(1);
  for (int I = 0; I < 1000; ++I) {
    std::string Bytes = Good;
    Bytes[Random() % Bytes.size()] ^= char(1u << Random() % 8);
    llvm::Expected<FactsFile> File = decodeFacts(Bytes, "f");
    if (File)
      EXPECT_EQ(everyField(*File->Unit), everyField(sampleUnit()));
    else
      EXPECT_THAT(llvm::toString(File.takeError()),
                  testing::StartsWith("'f' "));
  }
}

/// What the checksum would hide: bodies that were wrong when written.
void fuzzBody(const std::string &Good, unsigned Seed) {
  llvm::Expected<std::vector<uint8_t>> Body = unwrapBody(Good);
  ASSERT_TRUE(bool(Body)) << llvm::toString(Body.takeError());
  std::mt19937 Random(Seed);
  for (int I = 0; I < 1000; ++I) {
    std::string Bytes(Body->begin(), Body->end());
    for (unsigned Flips = 1 + Random() % 4; Flips > 0; --Flips) {
      static constexpr unsigned char Values[] = {0, 1, 0x7f, 0x80, 0xff};
      size_t At = Random() % Bytes.size();
      if (Random() % 2)
        Bytes[At] = char(Values[Random() % 5]);
      else
        Bytes[At] ^= char(1u << Random() % 8);
    }
    llvm::Expected<FactsFile> File = decodeFacts(wrapBody(Bytes), "f");
    if (File)
      use(*File);
    else
      EXPECT_THAT(llvm::toString(File.takeError()), HasSubstr("extract again"));
  }
}

TEST(StoreFactsFile, WrongUnitsAreRefusedOrHarmless) {
  fuzzBody(encodeUnit(sampleUnit()), 2);
}

TEST(StoreFactsFile, WrongPacksAreRefusedOrHarmless) {
  fuzzBody(headersOf({1, 2, 3}), 3);
}

/// Writes \p Facts, which checkFacts() must refuse with \p Expected.
void expectRefused(const TuFacts &Facts, StringRef Expected) {
  EXPECT_THAT(messageOf(decodeFacts(encodeUnit(Facts), "f")),
              HasSubstr(("'f' contradicts itself: " + Expected).str()));
}

TEST(StoreFactsCheck, IndexOutsideItsTable) {
  TuFacts Facts = sampleUnit();
  Facts.Module.Functions[1].Events[0].Target = ExprId(999);
  expectRefused(Facts,
                "function 1: an index into expressions is 999 of 18; delete");
}

TEST(StoreFactsCheck, MissingTarget) {
  TuFacts Facts = sampleUnit();
  Facts.Module.Functions[0].Events[2].Target = ExprId();
  expectRefused(Facts, "function 0: an index into expressions is none of 18");
}

TEST(StoreFactsCheck, RangeOverflow) {
  TuFacts Facts = sampleUnit();
  Facts.Module.Functions[0].Blocks[0].Events = {~0u, 2};
  expectRefused(Facts, "function 0: a range leaves events");
}

TEST(StoreFactsCheck, EnumerationValue) {
  TuFacts Facts = sampleUnit();
  Facts.Module.Functions[0].Edges[0].Kind = static_cast<EdgeKind>(200);
  expectRefused(Facts, "function 0: an enumeration has no such value");
}

TEST(StoreFactsCheck, CyclicMacro) {
  TuFacts Facts = sampleUnit();
  Facts.Module.Macros[0].Parent = MacroId(1);
  expectRefused(Facts, "an index into the macros before it is 1 of 0");
}

TEST(StoreFactsCheck, CyclicExpression) {
  TuFacts Facts = sampleUnit();
  ExprPool &Pool = Facts.Module.Functions[0].Exprs;
  Pool.Operands[Pool.Nodes[6].Operands.First] = ExprId(6);
  expectRefused(Facts, "function 0: expression 6 comes before its operand");
}

TEST(StoreFactsCheck, WrongNumberOfOperands) {
  TuFacts Facts = sampleUnit();
  Facts.Module.Functions[0].Exprs.Nodes[8].Operands.Count = 1;
  expectRefused(Facts, "function 0: expression 8 has 1 operands");
}

TEST(StoreFactsCheck, FunctionWithoutBlocks) {
  TuFacts Facts = sampleUnit();
  Facts.Module.Functions[0].Blocks.clear();
  expectRefused(Facts, "function 0: it has no block");
}

TEST(StoreFactsCheck, BranchWithoutCondition) {
  TuFacts Facts = sampleUnit();
  Facts.Module.Functions[0].Blocks[0].Condition = ExprId();
  expectRefused(Facts, "function 0: a block branches without a condition");
}

TEST(StoreFactsCheck, FunctionThatIsAnObject) {
  TuFacts Facts = sampleUnit();
  Facts.Module.Functions[0].Symbol = SymbolId(1);
  expectRefused(Facts, "function 0: a symbol is of the wrong kind");
}

TEST(StoreFactsCheck, ObjectRefersToAnEvent) {
  TuFacts Facts = sampleUnit();
  Facts.Module.Objects[1].Exprs.Nodes[5].Kind = ExprKind::Reference;
  expectRefused(Facts, "object 1: an expression's index leaves events");
}

TEST(StoreFactsCheck, UnsortedKeys) {
  TuFacts Facts = sampleUnit();
  std::swap(Facts.HeaderKeys[0], Facts.HeaderKeys[1]);
  expectRefused(Facts, "header keys are not sorted");
}

TEST(StoreFactsCheck, HeaderWithTwoFunctions) {
  HeaderFacts Facts = sampleHeader(1);
  Facts.Module.Functions.push_back(Facts.Module.Functions[0]);
  EXPECT_EQ(llvm::toString(checkFacts(Facts)),
            "a header function's module has 2 functions");
}

} // namespace

namespace {

/// A file whose body \p Out holds.
std::string wrapped(flatbuffers::FlatBufferBuilder &Out,
                    flatbuffers::Offset<store::File> File) {
  store::FinishFileBuffer(Out, File);
  return wrapBody(StringRef(
      reinterpret_cast<const char *>(Out.GetBufferPointer()), Out.GetSize()));
}

} // namespace

TEST(FactsFile, TheSameBytesAreNotReadTwice) {
  flatbuffers::FlatBufferBuilder Out;
  auto Module = encodeModule(sampleHeader(1).Module, Out);
  std::vector<flatbuffers::Offset<store::HeaderFunction>> Headers;
  for (uint64_t Key = 1; Key != 4; ++Key)
    Headers.push_back(store::CreateHeaderFunction(Out, Key, Module));
  auto All = Out.CreateVector(Headers);
  EXPECT_THAT(messageOf(decodeFacts(
                  wrapped(Out, store::CreateFile(Out, 0, All)), "f")),
              HasSubstr("'f' contradicts itself: it names the same bytes "
                        "several times; delete it and extract again"));
}

TEST(FactsFile, StructsThatAreNotAlignedAreRefused) {
  flatbuffers::FlatBufferBuilder Out;
  // Symbols are eight bytes wide; this vector is aligned to four.
  std::vector<uint32_t> Words(sizeof(store::Symbol) / 4, 0);
  auto Text = Out.CreateString("a");
  auto Pad = Out.CreateVector(std::vector<uint32_t>{1});
  auto Raw = Out.CreateVector(Words);
  reinterpret_cast<uint32_t *>(Out.GetCurrentBufferPointer())[0] = 1;
  (void)Pad;
  auto Module = store::CreateModule(
      Out, 0, 0, flatbuffers::Offset<
                     flatbuffers::Vector<const store::Symbol *>>(Raw.o));
  auto Unit = store::CreateUnit(Out, Text, Text, 0, Module);
  std::string Said =
      messageOf(decodeFacts(wrapped(Out, store::CreateFile(Out, Unit)), "f"));
  EXPECT_THAT(Said, testing::AnyOf(HasSubstr("a table is not aligned"),
                                   HasSubstr("contradicts itself")));
}
