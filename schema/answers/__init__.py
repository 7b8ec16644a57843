"""What each subject answers: names, words, arguments."""
