#include "tool/report/Outputs.h"

#include "gtest/gtest.h"

using namespace bootorder;

namespace {

std::string errorOf(const std::vector<std::string> &Formats) {
  auto Outputs = parseOutputs(Formats);
  return Outputs ? "" : llvm::toString(Outputs.takeError());
}

} // namespace

TEST(Outputs, TextOnTheStandardOutputIsTheDefault) {
  auto Outputs = llvm::cantFail(parseOutputs({}));
  ASSERT_EQ(Outputs.size(), 1u);
  EXPECT_EQ(Outputs[0].Format, ReportFormat::Text);
  EXPECT_EQ(Outputs[0].File, "");
}

TEST(Outputs, EachFormatMayNameAFile) {
  auto Outputs = llvm::cantFail(parseOutputs({"text", "json=a=b.json"}));
  ASSERT_EQ(Outputs.size(), 2u);
  EXPECT_EQ(Outputs[1].Format, ReportFormat::Json);
  EXPECT_EQ(Outputs[1].File, "a=b.json");
}

TEST(Outputs, MistakesAreErrors) {
  EXPECT_EQ(errorOf({"jsn"}), "unknown format 'jsn'; did you mean 'json'?");
  EXPECT_EQ(errorOf({"json="}),
            "'--format json=' names no file; write 'json=FILE', or 'json' for "
            "the standard output");
  EXPECT_EQ(errorOf({"text", "json"}),
            "two reports go to the standard output; give each a file of its "
            "own, as in '--format json=FILE'");
}

TEST(Outputs, AFolderThatIsNotThereIsAnErrorBeforeTheRun) {
  EXPECT_EQ(llvm::toString(checkOutputs({{ReportFormat::Json, "/no/a.json"}})),
            "cannot write '/no/a.json': '/no' is not a folder; make it first");
}
