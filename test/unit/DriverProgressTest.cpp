#include "tool/driver/Progress.h"

#include "gtest/gtest.h"

using namespace bootorder;

TEST(Progress, SaysHowFarHowFastAndHowLong) {
  EXPECT_EQ(progressLine(812, 2830, 24.0, "mm/slub.c", 80),
            "[ 812/2830] 34/s, 1m 00s left  mm/slub.c");
  EXPECT_EQ(progressLine(10, 20, 10.0, "a.c", 80),
            "[10/20] 1/s, 10s left  a.c");
}

TEST(Progress, SaysNoRateBeforeThereIsOne) {
  EXPECT_EQ(progressLine(0, 7, 0.0, "a.c", 80), "[0/7]  a.c");
}

TEST(Progress, FitsTheTerminal) {
  EXPECT_EQ(progressLine(10, 20, 10.0, "arch/a.c", 12).size(), 12u);
}
