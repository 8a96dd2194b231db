"""What a patient may ask of the whole: all that is known of them, and that it be erased."""
