#include "model/CanonicalHeaders.h"
#include "model/FactsBuilder.h"
#include "gtest/gtest.h"

using namespace bootorder;

namespace {

/// A header function at \p Line that names others by key.
HeaderFacts header(uint64_t Key, llvm::StringRef Name, uint32_t Line,
                   std::vector<std::pair<std::string, uint64_t>> Callees = {}) {
  FactsBuilder B;
  auto Symbol = [&](llvm::StringRef Name, uint64_t Key) {
    bootorder::Symbol S;
    S.Name = B.string(Name);
    S.Linkage = LinkageKind::Header;
    S.HeaderKey = Key;
    return B.symbol(S);
  };
  Function F;
  F.Symbol = Symbol(Name, Key);
  F.Loc = {B.string("h.h"), Line, 1};
  F.Blocks.emplace_back();
  B.Module.Functions.push_back(F);
  for (const auto &[Callee, CalleeKey] : Callees)
    Symbol(Callee, CalleeKey);
  HeaderFacts Facts;
  Facts.Key = Key;
  Facts.Module = std::move(B).build();
  return Facts;
}

TuFacts unit(std::vector<uint64_t> Keys) {
  TuFacts Unit;
  Unit.HeaderKeys = std::move(Keys);
  return Unit;
}

TEST(CanonicalHeaders, EqualFactsBecomeOne) {
  std::vector<TuFacts> Units = {unit({1}), unit({2})};
  std::vector<HeaderFacts> Headers = {header(1, "f", 3), header(2, "f", 3)};
  canonicaliseHeaders(Units, Headers);
  ASSERT_EQ(Headers.size(), 1u);
  EXPECT_EQ(Units[0].HeaderKeys, std::vector<uint64_t>{Headers[0].Key});
  EXPECT_EQ(Units[0].HeaderKeys, Units[1].HeaderKeys);
  EXPECT_EQ(Headers[0].Module.Symbols[0].HeaderKey, Headers[0].Key);
}

TEST(CanonicalHeaders, WhatTheyCallTellsThemApart) {
  std::vector<TuFacts> Units = {unit({1, 2})};
  std::vector<HeaderFacts> Headers = {header(1, "f", 3, {{"g", 11}}),
                                      header(2, "f", 3, {{"g", 12}}),
                                      header(11, "g", 1), header(12, "g", 2)};
  canonicaliseHeaders(Units, Headers);
  EXPECT_EQ(Headers.size(), 4u);
  EXPECT_EQ(Units[0].HeaderKeys.size(), 2u);
}

TEST(CanonicalHeaders, CyclesMergeToo) {
  std::vector<TuFacts> Units = {unit({1}), unit({21})};
  std::vector<HeaderFacts> Headers = {
      header(1, "f", 3, {{"g", 2}}), header(2, "g", 4, {{"f", 1}}),
      header(21, "f", 3, {{"g", 22}}), header(22, "g", 4, {{"f", 21}})};
  canonicaliseHeaders(Units, Headers);
  EXPECT_EQ(Headers.size(), 2u);
  EXPECT_EQ(Units[0].HeaderKeys, Units[1].HeaderKeys);
}

TEST(CanonicalHeaders, KeysDoNotDependOnWhatIsNotUsed) {
  std::vector<TuFacts> Few = {unit({1})}, Many = {unit({5})};
  std::vector<HeaderFacts> One = {header(1, "f", 3)};
  std::vector<HeaderFacts> Three = {
      header(5, "f", 3), header(6, "u", 9, {{"v", 7}}), header(7, "v", 8)};
  canonicaliseHeaders(Few, One);
  canonicaliseHeaders(Many, Three);
  ASSERT_EQ(Three.size(), 1u);
  EXPECT_EQ(One[0].Key, Three[0].Key);
}

TEST(CanonicalHeaders, ErrorsInABodyAreNotesOfItsUsers) {
  std::vector<TuFacts> Units = {unit({1}), unit({2}), unit({3})};
  std::vector<HeaderFacts> Headers = {header(1, "f", 3, {{"g", 2}}),
                                      header(2, "g", 5), header(3, "h", 7)};
  Headers[1].Notes.push_back({"h.h", 5, 1, "no such operand"});
  canonicaliseHeaders(Units, Headers);
  EXPECT_EQ(Units[0].Notes.size(), 1u) << "through f";
  EXPECT_EQ(Units[1].Notes.size(), 1u);
  EXPECT_TRUE(Units[2].Notes.empty());
}

TEST(CanonicalHeaders, AUnitHasTheErrorsOfWhatItReadItself) {
  std::vector<TuFacts> Units = {unit({1}), unit({2})};
  std::vector<HeaderFacts> Headers = {header(1, "f", 3), header(2, "f", 3)};
  Headers[1].Notes.push_back({"h.h", 3, 1, "no such operand"});
  canonicaliseHeaders(Units, Headers);
  EXPECT_EQ(Headers.size(), 1u) << "their facts are equal";
  EXPECT_TRUE(Units[0].Notes.empty());
  EXPECT_EQ(Units[1].Notes.size(), 1u);
}

} // namespace
