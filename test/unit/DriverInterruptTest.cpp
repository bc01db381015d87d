//===- DriverInterruptTest.cpp - a clean stop on signals ------------------===//

#include "tool/driver/Interrupt.h"
#include "gtest/gtest.h"
#include <csignal>
#include <unistd.h>

using namespace bootorder;

namespace {

TEST(InterruptDeathTest, EndsAPassThatNeverAsks) {
  for (int Signal : {SIGINT, SIGTERM, SIGHUP})
    EXPECT_EXIT(
        {
          llvm::cantFail(endOnInterrupt());
          std::raise(Signal);
          while (true)
            ::pause();
        },
        testing::ExitedWithCode(4), "interrupted; no result was written");
}

TEST(InterruptDeathTest, IsOnlyNotedWhileSomethingIsWritten) {
  EXPECT_EXIT(
      {
        llvm::cantFail(endOnInterrupt());
        watchInterrupts();
        std::raise(SIGTERM);
        ::_exit(isInterrupted() ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(InterruptDeathTest, OneThatCameBeforeIsNotForgotten) {
  EXPECT_EXIT(
      {
        watchInterrupts();
        std::raise(SIGTERM);
        std::string Said = llvm::toString(endOnInterrupt());
        ::_exit(Said == "interrupted; no result was written" ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

} // namespace
