#include "support/Json.h"
#include "gtest/gtest.h"

using namespace bootorder;

static std::string errorOf(const std::string &Text) {
  llvm::Expected<llvm::json::Value> Value =
      parseJson(Text, "f.json", "write it again");
  return Value ? "no error" : llvm::toString(Value.takeError());
}

TEST(Json, MistakesHaveTheirPlaceAndARemedy) {
  EXPECT_EQ(errorOf("{\n  \"a\": }"),
            "f.json:2:8: error: this is not JSON: invalid json value"
            "; write it again\n");
  EXPECT_EQ(errorOf(""), "f.json:1:1: error: this is not JSON: unexpected eof; "
                         "write it again\n");
  EXPECT_NE(errorOf("\"caf\xe9\"").find("f.json:1:"), std::string::npos);
}

TEST(Json, NestingHasALimit) {
  std::string Most = std::string(MaxJsonDepth, '[') +
                     std::string(MaxJsonDepth, ']');
  EXPECT_EQ(errorOf(Most), "no error");
  EXPECT_EQ(errorOf("{\"a\":\n[" + Most + "]}"),
            "f.json:2:256: error: this is not JSON: lists and objects are "
            "nested deeper than 256; write it again\n");
  EXPECT_EQ(errorOf(std::string(1 << 20, '[')).substr(0, 13), "f.json:1:257:");
}

TEST(Json, BracketsInTextDoNotCount) {
  EXPECT_EQ(errorOf("[\"" + std::string(1000, '[') + "\\\"" +
                    std::string(1000, '{') + "\"]"),
            "no error");
}

TEST(Json, AnyBytesAreText) {
  llvm::json::Value Value = jsonText("caf\xe9");
  EXPECT_TRUE(llvm::json::isUTF8(*Value.getAsString()));
  EXPECT_EQ(*jsonText("caf\xc3\xa9").getAsString(), "caf\xc3\xa9");
}
