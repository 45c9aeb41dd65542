#!/usr/bin/env python3
"""A usual Python stack over the same messages and strings: OpenCC makes the text simplified, jieba cuts it into words
(HMM off), flashtext looks for the strings. No rules are weighed: that would come on top.

    pip install opencc==1.4.2 jieba==0.42.1 flashtext==2.7 setuptools
    python3 python_stack.py MESSAGES LEXICON [ROUNDS]      files with one message, one string a line

Usually run by the side-by-side program: cargo run --release ... -- --python python3
"""

import logging
import sys
import time

import flashtext
import jieba
import opencc


def main():
    messages_path, lexicon_path = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    messages = open(messages_path, encoding="utf-8").read().split("\n")
    lexicon = open(lexicon_path, encoding="utf-8").read().split("\n")
    megabytes = sum(len(message.encode()) for message in messages) / 1e6

    start = time.perf_counter()
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    converter = opencc.OpenCC("t2s")
    keywords = flashtext.KeywordProcessor()
    keywords.add_keywords_from_list(lexicon)
    print(f"ready {time.perf_counter() - start:.6f} s", flush=True)

    for _ in range(rounds):
        start = time.perf_counter()
        found = words = 0
        for message in messages:
            text = converter.convert(message)
            words += len(jieba.lcut(text, HMM=False))
            found += len(keywords.extract_keywords(text))
        seconds = time.perf_counter() - start
        print(f"round {seconds:.6f} s, {megabytes / seconds:.3f} MB/s, {words} words, {found} strings", flush=True)


if __name__ == "__main__":
    main()
