#include "TestTu.h"
#include "model/FactsPrinter.h"
#include "gtest/gtest.h"

using namespace bootorder;

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> TestTu::fileSystem() const {
  auto Memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  for (const auto &[Name, Text] : Files)
    Memory->addFile("/kernel/" + Name, /*ModificationTime=*/0,
                    llvm::MemoryBuffer::getMemBufferCopy(Text));
  return Memory;
}

ExtractRequest TestTu::request(llvm::StringRef File) const {
  ExtractRequest Request;
  Request.Directory = "/kernel";
  Request.File = File.str();
  Request.SourceRoot = "/kernel";
  Request.Arguments = Arguments;
  return Request;
}

ExtractResult TestTu::extract() {
  llvm::Expected<ExtractResult> Result =
      extractUnit(request(), &Headers, fileSystem());
  if (!Result) {
    ADD_FAILURE() << llvm::toString(Result.takeError());
    return {};
  }
  for (const ParseNote &Note : Result->Facts.Notes)
    ADD_FAILURE() << Note.File << ":" << Note.Line << ": " << Note.Message;
  return std::move(*Result);
}

std::string TestTu::printed() {
  std::string Text;
  llvm::raw_string_ostream Stream(Text);
  ExtractResult Result = extract();
  printFacts(Result.Facts.Module, Stream);
  return Text;
}

std::string TestTu::printedHeaders() {
  std::string Text;
  llvm::raw_string_ostream Stream(Text);
  for (const auto &[Key, Facts] : Headers.Known)
    printFacts(Facts.Module, Stream);
  return Text;
}
