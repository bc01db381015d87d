#include "tool/driver/InputLog.h"

#include "gtest/gtest.h"

using namespace bootorder;

namespace {

TEST(InputLog, OfAPreludeTheHeadersAUnitRestsOnCount) {
  InputLog Prelude;
  Prelude.read("/inc/one.h", {digestOf("one"), std::nullopt, 0});
  Prelude.read("/inc/two.h", {digestOf("two"), std::nullopt, 0});
  InputLog Unit;
  Unit.addPrelude(Prelude, {"/inc/one.h"});
  EXPECT_TRUE(Unit.inputs().contains("/inc/one.h"));
  EXPECT_FALSE(Unit.inputs().contains("/inc/two.h"));
}

TEST(InputLog, AHeaderReadByAnotherNameMakesAllOfThePreludeCount) {
  InputLog Prelude;
  Prelude.read("/inc/one.h", {digestOf("one"), std::nullopt, 0});
  Prelude.read("/inc/two.h", {digestOf("two"), std::nullopt, 0});
  InputLog Unit;
  Unit.addPrelude(Prelude, {"/inc/one.h", "/link/two.h"});
  EXPECT_TRUE(Unit.inputs().contains("/inc/one.h"));
  EXPECT_TRUE(Unit.inputs().contains("/inc/two.h"));
}

} // namespace
