#include "tool/report/JsonReporter.h"

#include "llvm/Support/JSON.h"
#include "gtest/gtest.h"

using namespace bootorder;
using namespace llvm;

namespace {

json::Object objectOf(const Report &R, OnRequest Also = {}) {
  std::string Text;
  raw_string_ostream OS(Text);
  printJson(OS, R, Also);
  return *cantFail(json::parse(Text)).getAsObject();
}

Report sampleReport() {
  Report R;
  R.Version = "0.1.0";
  R.Kernel = "2.6.30";
  R.Arch = "powerpc";
  R.Result.Summary.Units = 2;
  R.Result.Summary.UnitsParsed = 1;
  R.Result.Summary.UnitsLost = {{"a.c", "no such file"}};
  R.Result.Summary.ReachedBefore["irqs_on"] = 5;
  R.Result.Summary.Assumed = {"panic never returns"};
  Finding F;
  F.Rule = "early-gfp-wait";
  F.Place = {"mm/a.c", 3, 7};
  F.HasValue = true;
  F.Value = {"GFP_KERNEL", true, 0xd0, "__GFP_WAIT", 0x10};
  F.NeedsMilestone = "irqs_on";
  F.Path.emplace_back();
  F.Path[0].Function = "start_kernel";
  R.Result.Findings = {F};
  return R;
}

} // namespace

TEST(JsonReporter, HasTheKeysThatScriptsRelyOn) {
  json::Object Root = objectOf(sampleReport());
  EXPECT_EQ(Root.getString("version"), "0.1.0");
  EXPECT_EQ(Root.getObject("tree")->getString("kernel"), "2.6.30");
  EXPECT_EQ(Root.getObject("tree")->getString("arch"), "powerpc");
  const json::Object &L = *Root.getObject("ledger");
  EXPECT_EQ(L.getInteger("units"), 2);
  EXPECT_EQ(L.getInteger("unitsParsed"), 1);
  EXPECT_EQ((*L.getArray("unitsLost"))[0].getAsObject()->getString("unit"),
            "a.c");
  EXPECT_EQ(L.getObject("reachedBefore")->getInteger("irqs_on"), 5);
  for (StringRef Key : {"functions", "unresolvedIndirectCalls",
                        "branchesDecided", "valuesKnown", "heldBack"})
    EXPECT_TRUE(L.getInteger(Key)) << Key.str();
  EXPECT_EQ(L.getArray("assumed")->size(), 1u);
}

TEST(JsonReporter, AFindingHasTheKeysThatScriptsRelyOn) {
  json::Object Root = objectOf(sampleReport());
  const json::Object &F = *(*Root.getArray("findings"))[0].getAsObject();
  for (StringRef Key : {"rule", "class", "confidence", "message", "sink",
                        "function", "file", "fingerprint"})
    EXPECT_TRUE(F.getString(Key)) << Key.str();
  EXPECT_EQ(F.getString("class"), "violation");
  EXPECT_EQ(F.getInteger("line"), 3);
  EXPECT_EQ(F.getInteger("column"), 7);
  EXPECT_EQ(F.getObject("needs")->getString("milestone"), "irqs_on");
  EXPECT_TRUE(F.getObject("step"));
  EXPECT_EQ(F.getObject("value")->getInteger("number"), 0xd0);
  EXPECT_TRUE(F.getArray("roots"));
  const json::Object &Frame = *(*F.getArray("path"))[0].getAsObject();
  for (StringRef Key : {"function", "file", "edge", "evidence"})
    EXPECT_TRUE(Frame.getString(Key)) << Key.str();
}

TEST(JsonReporter, MaskedFindingsAreCountedOnly) {
  Report R = sampleReport();
  R.Result.Findings[0].Class = FindingClass::Masked;
  json::Object Root = objectOf(R);
  EXPECT_TRUE(Root.getArray("findings")->empty());
  EXPECT_EQ(Root.getObject("ledger")->getInteger("masked"), 1);
}

TEST(JsonReporter, WhatIsHarmlessSoFarIsListedForWhoAsks) {
  Report R = sampleReport();
  R.Result.Findings[0].Class = FindingClass::Latent;
  json::Object Root = objectOf(R);
  EXPECT_EQ(Root.getObject("ledger")->getInteger("latent"), 1);
  EXPECT_FALSE(Root.getArray("latent"));
  Root = objectOf(R, {/*Masked=*/false, /*Latent=*/true});
  EXPECT_TRUE(Root.getArray("findings")->empty());
  EXPECT_FALSE(Root.getArray("masked"));
  ASSERT_EQ(Root.getArray("latent")->size(), 1u);
  EXPECT_EQ((*Root.getArray("latent"))[0].getAsObject()->getString("class"),
            "latent");
}

TEST(JsonReporter, TextThatIsNotUtf8IsStillJson) {
  Report R = sampleReport();
  R.Result.Findings[0].Message = "caf\xe9";
  EXPECT_EQ(objectOf(R).getArray("findings")->size(), 1u);
}
