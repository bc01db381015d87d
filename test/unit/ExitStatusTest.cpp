#include "tool/ExitStatus.h"

#include "gtest/gtest.h"

using namespace bootorder;

// Gates and scripts compare with the numbers, so the numbers are the interface.
TEST(ExitStatus, NumbersAreTheContract) {
  EXPECT_EQ(static_cast<int>(ExitStatus::Ok), 0);
  EXPECT_EQ(static_cast<int>(ExitStatus::GateFailed), 1);
  EXPECT_EQ(static_cast<int>(ExitStatus::UsageError), 2);
  EXPECT_EQ(static_cast<int>(ExitStatus::Incomplete), 3);
  EXPECT_EQ(static_cast<int>(ExitStatus::InternalError), 4);
}
