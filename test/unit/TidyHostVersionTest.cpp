#include "tidy/HostVersion.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace bootorder;
using ::testing::HasSubstr;

TEST(TidyHostVersion, AcceptsTheSameMinorVersion) {
  EXPECT_EQ(whyUnfit("19.1", "Debian clang version 19.1.7 (3~deb12u1)"), "");
  EXPECT_EQ(whyUnfit("19.1.7", "clang version 19.1.0"), "");
}

TEST(TidyHostVersion, RefusesOthersAndSaysWhatToRun) {
  std::string Reason = whyUnfit("19.1", "Debian clang version 14.0.6");
  EXPECT_THAT(Reason, HasSubstr("built for clang-tidy 19.1, not for 14.0.6"));
  EXPECT_THAT(Reason, HasSubstr("run Debian's clang-tidy-19"));
  EXPECT_NE(whyUnfit("19.1", "clang version 19.2.0"), "");
  EXPECT_NE(whyUnfit("19.1", "clang version 1.19.1"), "");
}

TEST(TidyHostVersion, RefusesProgramsThatExportNothing) {
  EXPECT_THAT(whyUnfit("19.1", ""), HasSubstr("as static builds do"));
  EXPECT_THAT(whyUnfit("19.1", "something else"),
              HasSubstr("not for 'something else'"));
}
