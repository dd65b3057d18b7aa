(text) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type: 'text/plain'}));
  link.download = 'NAME';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
